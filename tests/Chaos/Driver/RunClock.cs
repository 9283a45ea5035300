namespace Actors.Chaos.Driver;

/// <summary>The one monotonic clock of a run.</summary>
internal sealed class RunClock
{
    private readonly long _start = TimeProvider.System.GetTimestamp();

    public double NowMs => Math.Round(TimeProvider.System.GetElapsedTime(_start).TotalMilliseconds, 3);
}
