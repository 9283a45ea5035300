using Actors.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>How often and when a job is tried again: as its tool declared, and within that as its caller asked.</summary>
internal sealed record RetryPlan(int MaxAttempts, TimeSpan FirstDelay, double Backoff, TimeSpan MaxDelay)
{
    /// <summary>The part of each delay that is drawn by lot, so that jobs that failed together do not come back together.</summary>
    private const double LotShare = 0.2;

    public static RetryPlan Of(JobAttribute terms, RetryTerms? asked) => new(
        Math.Clamp(asked?.MaxAttempts ?? terms.MaxAttempts, 1, terms.MaxAttempts),
        TimeSpan.FromMilliseconds(Math.Max(0, asked?.FirstDelayMs ?? terms.FirstRetryDelayMs)),
        Math.Max(1, asked?.Backoff ?? terms.RetryBackoff),
        TimeSpan.FromMilliseconds(Math.Max(0, asked?.MaxDelayMs ?? terms.MaxRetryDelayMs)));

    /// <param name="used">How many attempts are used up; 1 after the first.</param>
    /// <param name="lot">From 0 to 1.</param>
    public TimeSpan DelayAfter(int used, double lot)
    {
        if (FirstDelay == TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var whole = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(Backoff, used - 1), MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(whole * (1 - LotShare + (LotShare * lot)));
    }
}
