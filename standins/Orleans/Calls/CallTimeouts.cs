using System.Collections.Concurrent;
using Orleans.Configuration;
using Orleans.Timers;

namespace Orleans.Calls;

/// <summary>The clock of pending calls: one tick every 100 ms for all of them, instead of a timer for each.</summary>
internal sealed class CallTimeouts : IDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<TimeSpan, PendingCalls> _byTimeout = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly long _startedAt;
    private long _nowTicks;

    public CallTimeouts(TimeProvider time, MessagingOptions options)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
        CancelOnTimeout = options.CancelRequestOnTimeout;
        Default = WithTimeout(options.ResponseTimeout);
        using (SuppressedFlow.Begin())
            _timer = time.CreateTimer(static state => ((CallTimeouts)state!).Tick(), this, TickPeriod, TickPeriod);
    }

    public bool CancelOnTimeout { get; }

    /// <summary>Ticks (100 ns) since the silo was built, as of the last tick: cheap to read, up to 100 ms late.</summary>
    public long NowTicks => Volatile.Read(ref _nowTicks);

    public PendingCalls? Default { get; }

    /// <summary>How many calls were sent so far, those without a timeout aside.</summary>
    public long CallCount => _byTimeout.Values.Sum(pending => pending.Count);

    public PendingCalls? WithTimeout(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan || timeout == TimeSpan.MaxValue
            ? null
            : _byTimeout.GetOrAdd(timeout, static (value, clock) => new PendingCalls(value, clock), this);

    // One tick is added because the clock that it is counted from may be one tick late.
    public long DeadlineAfter(TimeSpan timeout) => NowTicks + timeout.Ticks + TickPeriod.Ticks;

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var now = _time.GetElapsedTime(_startedAt).Ticks;
        Volatile.Write(ref _nowTicks, now);
        foreach (var (_, pending) in _byTimeout) pending.Sweep(now);
    }
}
