namespace Actors.Storage.Tests.Leases;

/// <summary>A clock that stands still until it is moved, with one timer that fires when it is told to.</summary>
internal sealed class EarlyTimers : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private long _ticks = 1;
    private TimeSpan _setBack;
    private Timer? _timer;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public bool IsArmed => _timer!.IsArmed;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(_ticks) - _setBack;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _timer = new Timer(() => callback(state));

    public void Advance(TimeSpan by) => _ticks += by.Ticks;

    /// <summary>Sets the clock that people see, without touching the steady one.</summary>
    public void SetClock(TimeSpan back) => _setBack = back;

    public void Fire() => _timer!.Fire();

    private sealed class Timer(Action callback) : ITimer
    {
        public bool IsArmed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => IsArmed = dueTime != Timeout.InfiniteTimeSpan;

        public void Fire()
        {
            if (!IsArmed) return;
            IsArmed = false;
            callback();
        }

        public void Dispose() => IsArmed = false;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
