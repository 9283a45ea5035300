using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Keeps the record of the attempts that ended without ending their job, and counts by it those that are used up.</summary>
internal static class AttemptHistory
{
    /// <summary>The attempts used up, the row's current or last one included.</summary>
    public static int Used(JobRow row, AttemptOutcome outcome) => UsedBefore(row) + (UsesUp(outcome) ? 1 : 0);

    /// <summary>The row with its current attempt entered as ended; of many, the latest <paramref name="limit"/> stay.</summary>
    public static JobRow Enter(JobRow row, AttemptOutcome outcome, string? error, RetryPlan plan, DateTimeOffset now, int limit)
    {
        var record = new AttemptRecord(row.Attempt, row.Silo, row.AttemptStartedAt ?? row.UpdatedAt, now, outcome, error)
        {
            Used = Used(row, outcome),
            Limit = plan.MaxAttempts,
        };
        return row with { Attempts = [.. row.Attempts.TakeLast(limit - 1), record] };
    }

    private static bool UsesUp(AttemptOutcome outcome) => outcome is not (AttemptOutcome.HandedOver or AttemptOutcome.Parked);

    // Attempts that are not in the record were made by silos that did not keep one: they count.
    private static int UsedBefore(JobRow row)
    {
        var last = row.Attempts.IsEmpty ? null : row.Attempts[^1];
        return (last?.Used ?? 0) + Math.Max(0, row.Attempt - 1 - (last?.Number ?? 0));
    }
}
