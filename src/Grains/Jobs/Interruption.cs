using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>What becomes of a job whose attempt ended without a word of its tool: in line for the next one, or at its end.</summary>
internal static class Interruption
{
    private const string Died = "Its process died, or lost its lease.";

    /// <param name="row">The job as it is stored, with the silo that ran it.</param>
    /// <param name="terms">Its tool's, or null where the tool is gone.</param>
    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="hasRun">Whether the tool can have done anything.</param>
    /// <param name="now">The time.</param>
    /// <param name="recordLimit">Attempts that are kept in the record.</param>
    /// <returns>A row without an owner where the job goes on.</returns>
    public static JobRow After(
        JobRow row, JobAttribute? terms, AttemptOutcome outcome, bool hasRun, DateTimeOffset now, int recordLimit)
    {
        if (row.Cancel is not CancelState.None)
        {
            return JobMachine.Move(row, JobStatus.Cancelled, now) with { Cancel = CancelState.Stopped };
        }

        if (terms is null)
        {
            return Failed(row, JobErrors.ToolGone(row.Tool), now);
        }

        var plan = RetryPlan.Of(terms, row.Options?.Retry);
        if (!hasRun)
        {
            return InLine(AttemptHistory.Enter(row, AttemptOutcome.HandedOver, null, plan, now, recordLimit), now);
        }

        var used = AttemptHistory.Used(row, outcome);
        var error = terms.AfterCrash is AfterCrash.Fail ? JobErrors.DiedAndMustNotRepeat(row.Tool)
            : outcome is AttemptOutcome.Crashed && used >= plan.MaxAttempts ? JobErrors.AttemptsExhausted(row.Tool, used, AttemptHistory.LastError(row))
            : null;
        if (error is not null)
        {
            return Failed(row, error, now);
        }

        var next = InLine(StartingOver(AttemptHistory.Enter(row, outcome, outcome is AttemptOutcome.Crashed ? Died : null, plan, now, recordLimit), terms), now);
        return RestAfter(row, outcome, plan, now) is { } rest && rest > TimeSpan.Zero ? next with { RunAt = now + rest } : next;
    }

    /// <summary>
    /// A crash is rarely the job's doing, and it goes on at once. One that crashes again and again may be what takes its silos down: it rests
    /// between its attempts as after failures.
    /// </summary>
    private static TimeSpan? RestAfter(JobRow row, AttemptOutcome outcome, RetryPlan plan, DateTimeOffset now)
    {
        var crashes = outcome is AttemptOutcome.Crashed ? AttemptHistory.CrashesInARow(row, plan.MaxDelay, now) : 0;
        return crashes > 1 ? plan.DelayAfter(crashes - 1, Random.Shared.NextDouble()) : null;
    }

    /// <summary>Of a tool that declares <see cref="AfterCrash.Retry"/>, the next attempt finds nothing of this one.</summary>
    public static JobRow StartingOver(JobRow row, JobAttribute terms) => terms.AfterCrash is not AfterCrash.Retry ? row : row with
    {
        Checkpoint = null,
        Attempts = row.Attempts.SetItem(row.Attempts.Length - 1, row.Attempts[^1] with { StartsOver = true }),
    };

    // It keeps its place in line: it had its turn.
    private static JobRow InLine(JobRow row, DateTimeOffset now) =>
        Snapshots.WithoutProgress(JobMachine.Move(row, JobStatus.Queued, now)) with { Silo = null, Epoch = 0 };

    private static JobRow Failed(JobRow row, JobError error, DateTimeOffset now) =>
        JobMachine.Move(row, JobStatus.Failed, now) with { Error = error };
}
