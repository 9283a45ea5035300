using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Until when the record of a job is kept that has just ended.</summary>
internal static class JobExpiry
{
    // Postgres keeps microseconds.
    private static readonly TimeSpan Accuracy = TimeSpan.FromMilliseconds(1);

    public static JobRow AtEnd(JobRow row, JobAttribute terms)
    {
        var seconds = row.Status switch
        {
            JobStatus.Failed => terms.FailedTtlSeconds,
            JobStatus.Cancelled => terms.CancelledTtlSeconds,
            _ => 0,
        };
        return seconds > 0 && !IsAsked(row, terms) ? row with { ExpiresAt = row.EndedAt + TimeSpan.FromSeconds(seconds) } : row;
    }

    /// <summary>Whether the time was the caller's wish, which stands, and not the tool's.</summary>
    private static bool IsAsked(JobRow row, JobAttribute terms) =>
        row.ExpiresAt is { } expires && (expires - row.CreatedAt - TimeSpan.FromSeconds(terms.TtlSeconds)).Duration() > Accuracy;
}
