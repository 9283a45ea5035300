namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>The time of a process that can be stopped: while it is, no timer of it fires, though time goes on.</summary>
internal sealed class HaltableTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<(TimerCallback Callback, object? State)> _late = [];
    private bool _isHalted;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(_ => Fire(callback, state), null, dueTime, period);

    public void Halt()
    {
        lock (_lock) _isHalted = true;
    }

    public void Resume()
    {
        (TimerCallback Callback, object? State)[] late;
        lock (_lock)
        {
            _isHalted = false;
            late = [.. _late];
            _late.Clear();
        }

        foreach (var (callback, state) in late) callback(state);
    }

    private void Fire(TimerCallback callback, object? state)
    {
        lock (_lock)
        {
            if (_isHalted)
            {
                _late.Add((callback, state));
                return;
            }
        }

        callback(state);
    }
}
