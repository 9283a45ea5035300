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

    /// <summary>
    /// How many attempts crashed one after the other, the row's current one included. One that ran for longer than
    /// <paramref name="longest"/> begins anew: it was not what its silo died of at once.
    /// </summary>
    public static int CrashesInARow(JobRow row, TimeSpan longest, DateTimeOffset now)
    {
        var crashes = 1;
        var lasted = now - (row.AttemptStartedAt ?? row.UpdatedAt);
        foreach (var attempt in row.Attempts.Reverse().Where(attempt => attempt.Outcome is not AttemptOutcome.HandedOver))
        {
            if (attempt.Outcome is not AttemptOutcome.Crashed || lasted > longest)
            {
                break;
            }

            crashes++;
            lasted = attempt.EndedAt - attempt.StartedAt;
        }

        return crashes;
    }

    /// <summary>What the latest attempt said that failed with words of its own; null: none did.</summary>
    public static string? LastError(JobRow row) =>
        row.Attempts.LastOrDefault(attempt => attempt is { Error: not null, Outcome: not AttemptOutcome.Crashed })?.Error;

    private static bool UsesUp(AttemptOutcome outcome) => outcome is not (AttemptOutcome.HandedOver or AttemptOutcome.Parked);

    // Attempts that are not in the record were made by silos that did not keep one: they count.
    private static int UsedBefore(JobRow row)
    {
        var last = row.Attempts.IsEmpty ? null : row.Attempts[^1];
        return (last?.Used ?? 0) + Math.Max(0, row.Attempt - 1 - (last?.Number ?? 0));
    }
}
