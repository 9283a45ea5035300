namespace Actors.Crash.Tests;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    public static async Task HoldsAsync(
        string what, TimeSpan deadline, Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(since) > deadline)
                throw new TimeoutException($"Not within {deadline.TotalSeconds:0} s: {what}.");
            await Task.Delay(Between, cancellationToken);
        }
    }
}
