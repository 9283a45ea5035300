namespace Orleans.Membership;

/// <summary>Waits between attempts: doubled each time up to a limit, and jittered so that silos do not knock together.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    public static TimeSpan After(int failures, TimeSpan limit) =>
        Jitter(TimeSpan.FromTicks(Math.Min(limit.Ticks, First.Ticks << Math.Min(failures, 20))));

    /// <summary>Between a half and the whole.</summary>
    public static TimeSpan Jitter(TimeSpan delay) => delay * (0.5 + Random.Shared.NextDouble() / 2);
}
