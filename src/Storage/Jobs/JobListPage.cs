using Actors.Jobs;
using Npgsql;

namespace Actors.Storage.Jobs;

/// <summary>Reads the rows of a <see cref="JobListStatement"/>.</summary>
internal static class JobListPage
{
    /// <param name="reader">Before the first row, of which there is one more than the page has room for if there is a next page.</param>
    /// <param name="size">The most jobs on the page.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public static async Task<JobPage> ReadAsync(NpgsqlDataReader reader, int size, CancellationToken cancellationToken)
    {
        var jobs = new List<JobSummary>(size);
        JobCursor? last = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            var next = new ColumnCursor(reader);
            var place = new JobCursor(Id: next.Id(), CreatedAt: next.Time()!.Value.UtcDateTime);
            var (matches, isLast) = (reader.GetBoolean(reader.FieldCount - 2), reader.GetBoolean(reader.FieldCount - 1));
            if (matches && jobs.Count == size) return new JobPage(jobs, last.ToString());
            if (matches) jobs.Add(Summary(place, next));
            if (isLast) return new JobPage(jobs, place.ToString()) { IsPart = true };
            last = place;
        }

        return new JobPage(jobs, NextCursor: null);
    }

    private static JobSummary Summary(JobCursor place, ColumnCursor next) => new()
    {
        Id = place.Id.ToString("N"),
        CreatedAt = place.CreatedAt,
        Tool = next.Text()!,
        Status = (JobStatus)next.Short(),
        StatusMessage = next.Text(),
        Progress = next.Progress(),
        UpdatedAt = next.Time()!.Value,
        EndedAt = next.Time(),
        ExpiresAt = next.Time(),
        Attempt = next.Integer()!.Value,
        Cancel = (CancelState)next.Short(),
        Labels = next.Text(),
        IsToolError = next.Flag(),
        StartAt = next.Time(),
    };
}
