namespace Actors.Grains.Jobs;

/// <summary>What follows an attempt that failed in a way that may pass: another one, or the end for want of attempts or of time.</summary>
internal sealed class RetryDecision
{
    private RetryDecision()
    {
    }

    public static RetryDecision NoAttemptLeft { get; } = new();

    public static RetryDecision NoTimeLeft { get; } = new();

    /// <summary>When the next attempt may start, or null where there is none.</summary>
    public DateTimeOffset? RunAt { get; private init; }

    public static RetryDecision Again(DateTimeOffset runAt) => new() { RunAt = runAt };

    /// <param name="plan">On what terms.</param>
    /// <param name="used">Attempts used up, the one that has just failed included.</param>
    /// <param name="asked">The delay that the tool asked for, or null.</param>
    /// <param name="now">When it failed.</param>
    /// <param name="deadline">When the job's total time is over, or null.</param>
    /// <param name="lot">From 0 to 1.</param>
    public static RetryDecision After(RetryPlan plan, int used, TimeSpan? asked, DateTimeOffset now, DateTimeOffset? deadline, double lot)
    {
        if (used >= plan.MaxAttempts)
        {
            return NoAttemptLeft;
        }

        var runAt = now + (asked ?? plan.DelayAfter(used, lot));
        return runAt >= deadline ? NoTimeLeft : Again(runAt);
    }
}
