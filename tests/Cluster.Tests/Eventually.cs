namespace Actors.Cluster.Tests;

/// <summary>For what processes do in their own time: asks until it is so, or the deadline is over.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    public static async Task HoldsAsync(string what, Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Deadline, $"Not so after {Deadline.TotalSeconds:0} s: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }
}
