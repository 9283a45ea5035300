namespace Orleans.Contract.Tests;

/// <summary>For what a silo does in its own time and tells nobody about: asks until it is so, or the deadline is over.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
            if (!await poll.WaitForNextTickAsync(deadline.Token)) return;
    }
}
