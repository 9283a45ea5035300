namespace Actors.Silo.Tests;

/// <summary>Waits for what another party brings about, with a deadline generous enough for a busy machine.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task HoldsAsync(string what, Func<Task<bool>> condition)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await condition(); await Task.Delay(Pause))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Deadline, $"It never came to be that {what}.");
        }
    }
}
