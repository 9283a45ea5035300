using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Until when the record of a job is kept.</summary>
internal static class JobExpiry
{
    /// <summary>How long from the earliest start: as the caller asked, or else the tool, and no longer than its tenant's records are.</summary>
    public static TimeSpan Ttl(long? askedMs, JobAttribute terms, TimeSpan longest) => TimeSpan.FromMilliseconds(
        Math.Clamp(askedMs ?? terms.TtlSeconds * 1000.0, 0, longest.TotalMilliseconds));

    /// <summary>The row of a job that has just ended.</summary>
    public static JobRow AtEnd(JobRow row, JobAttribute terms, TimeSpan longest, TimeSpan keepEnded)
    {
        if (row is not { EndedAt: { } ended, ExpiresAt: { } expires })
        {
            return row;
        }

        var seconds = row.Status switch
        {
            JobStatus.Failed => terms.FailedTtlSeconds,
            JobStatus.Cancelled => terms.CancelledTtlSeconds,
            _ => 0,
        };
        if (seconds > 0 && row.Options?.TtlMs is null)
        {
            return row with { ExpiresAt = ended + Shorter(TimeSpan.FromSeconds(seconds), longest) };
        }

        // Half of a short time: who asked for it, and whose job ends soon, finds it unchanged.
        var least = ended + Shorter(keepEnded, (expires - row.CreatedAt) / 2);
        return least > expires ? row with { ExpiresAt = least } : row;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
