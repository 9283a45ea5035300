using Orleans.Activations;
using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>A timer of an activation. Its ticks are calls like any other, so they keep to the turns.</summary>
internal abstract class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly ITimer _timer;
    private readonly TimerTick _tick;
    private readonly CancellationTokenSource _disposing = new();
    private TimeSpan _dueTime = Timeout.InfiniteTimeSpan;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private volatile bool _firing;
    private volatile bool _changed;

    protected GrainTimer(Activation activation, TimeProvider time, bool interleave, bool keepAlive)
    {
        _activation = activation;
        _tick = new TimerTick(this, activation, interleave, keepAlive);
        using (SuppressedFlow.Begin())
            _timer = time.CreateTimer(static state => ((GrainTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    protected abstract Task InvokeAsync(CancellationToken cancellationToken);

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        _dueTime = dueTime;
        _period = period;
        _changed = true;
        if (!_firing && !_disposing.IsCancellationRequested) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        if (_disposing.IsCancellationRequested) return;

        _disposing.Cancel();
        _timer.Dispose();
        _activation.RemoveTimer(this);
    }

    /// <summary>One tick, in the activation's turn.</summary>
    public async Task TickAsync()
    {
        if (_disposing.IsCancellationRequested) return;

        _changed = false;
        try
        {
            await InvokeAsync(_disposing.Token);
        }
        catch (Exception exception)
        {
            // A timer outlives the failure of one tick.
            if (!_disposing.IsCancellationRequested) _activation.Class.Log.TimerFailed(exception, _activation.GrainId);
        }

        _firing = false;
        if (!_disposing.IsCancellationRequested) _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        _firing = true;
        if (!_activation.TryReceive(_tick)) Dispose();
    }

    private static void Validate(TimeSpan value, string name)
    {
        const uint Longest = 0xfffffffe;
        var milliseconds = (long)value.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, Longest, name);
    }
}
