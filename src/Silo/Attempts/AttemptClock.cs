namespace Actors.Silo.Attempts;

/// <summary>Counts an attempt's time limit, less the time it waits for answers. Without a limit it does nothing.</summary>
internal sealed class AttemptClock : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private TimeSpan _left;
    private long _since;
    private int _paused;

    public AttemptClock(int timeoutSeconds, TimeProvider time, Action onTimeout)
    {
        _time = time;
        _left = TimeSpan.FromSeconds(timeoutSeconds);
        _since = time.GetTimestamp();
        _timer = timeoutSeconds > 0
            ? time.CreateTimer(_ => onTimeout(), null, _left, Timeout.InfiniteTimeSpan)
            : null;
    }

    public void Pause()
    {
        lock (_lock)
        {
            if (_paused++ == 0)
            {
                _left -= _time.GetElapsedTime(_since);
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            if (--_paused == 0)
            {
                _since = _time.GetTimestamp();
                _timer?.Change(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _timer?.Dispose();
}
