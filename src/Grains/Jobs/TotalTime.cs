using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>The time that a job has in all, from its first start, the time it waits for answers not counted.</summary>
public static class TotalTime
{
    /// <summary>The row with the time when it is over; of a tool that is not known here it stays what it is.</summary>
    public static JobRow Dated(JobRow row, JobAttribute? terms) => terms is null ? row : row with { DeadlineAt = DeadlineOf(row, terms) };

    /// <summary>When it is over, should the job wait for no more answers; null: no limit, or not started.</summary>
    public static DateTimeOffset? DeadlineOf(JobRow row, JobAttribute terms) =>
        terms.TotalTimeoutSeconds > 0 && row.StartedAt is { } started
            ? started + TimeSpan.FromSeconds(terms.TotalTimeoutSeconds) + row.Waited
            : null;
}
