namespace Actors.Silo.Attempts;

/// <summary>
/// Notices that an attempt has done nothing but wait for answers for long enough, and asks for it to be parked. A sign of life of a tool
/// that works beside its question starts the time anew. Asking fails where the database is away, and is done again.
/// </summary>
internal sealed class ParkingClock : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _after;
    private readonly Func<Task> _park;
    private readonly TimeProvider _time;
    private ITimer? _timer;
    private int _waits;
    private bool _disposed;

    public ParkingClock(TimeSpan after, Func<Task> park, TimeProvider time) => (_after, _park, _time) = (after, park, time);

    /// <summary>The tool waits for one more answer.</summary>
    public void Enter()
    {
        lock (_lock)
        {
            _waits++;
            Restart();
        }
    }

    /// <summary>It waits for one less.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _waits--;
            Restart();
        }
    }

    /// <summary>The tool has said something.</summary>
    public void Beat()
    {
        lock (_lock)
        {
            Restart();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    // Most attempts never wait, and have no timer.
    private void Restart()
    {
        if (_disposed || (_timer is null && _waits == 0))
        {
            return;
        }

        _timer ??= _time.CreateTimer(_ => _ = ParkAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(_waits > 0 ? _after : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private async Task ParkAsync()
    {
        try
        {
            await _park();
        }
        catch (Exception)
        {
            // The boundary of a timer: an attempt that is not parked now only waits here a little longer.
            Beat();
        }
    }
}
