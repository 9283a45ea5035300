namespace Actors.Silo.Attempts;

/// <summary>Counts a time limit of an attempt, less the time it waits for answers.</summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly ITimer _timer;
    private TimeSpan _left;
    private long _since;
    private int _paused;

    /// <param name="limit">What is left of the time, which may be nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onTimeout">Called when it is over.</param>
    public AttemptClock(TimeSpan limit, TimeProvider time, Action onTimeout)
    {
        _time = time;
        _limit = _left = limit > TimeSpan.Zero ? limit : TimeSpan.Zero;
        _since = time.GetTimestamp();
        _timer = time.CreateTimer(_ => onTimeout(), null, _left, Timeout.InfiniteTimeSpan);
    }

    public void Pause()
    {
        lock (_lock)
        {
            if (_paused++ == 0)
            {
                _left -= _time.GetElapsedTime(_since);
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            if (--_paused == 0)
            {
                Arm();
            }
        }
    }

    /// <summary>Counts from the beginning again.</summary>
    public void Restart()
    {
        lock (_lock)
        {
            _left = _limit;
            if (_paused == 0)
            {
                Arm();
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Arm()
    {
        _since = _time.GetTimestamp();
        _timer.Change(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
