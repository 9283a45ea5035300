using Orleans.Runtime;

namespace Orleans.Contract.Tests.Timers;

internal sealed class TimerGrain : Grain, ITimerGrain
{
    private IGrainTimer? _timer;
    private TaskScheduler? _mine;
    private int _ticks;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Set(Key, "deactivated", _ticks);
        return Task.CompletedTask;
    }

    public Task StartAsync(TimeSpan period, bool interleave, bool keepAlive, bool fails)
    {
        _mine = TaskScheduler.Current;
        _timer = this.RegisterGrainTimer(
            static (state, _) => state.Grain.TickAsync(state.Fails), (Grain: this, Fails: fails),
            new GrainTimerCreationOptions { DueTime = period, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public async Task WaitForAsync(string signal)
    {
        Signals.Set(Key, signal + ".entered");
        await Signals.WaitAsync(Key, signal);
    }

    public Task StopAsync()
    {
        _timer!.Dispose();
        Signals.Set(Key, "stopped", _ticks);
        return Task.CompletedTask;
    }

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> TicksAsync() => Task.FromResult(_ticks);

    private async Task TickAsync(bool fails)
    {
        _ticks++;
        if (!ReferenceEquals(_mine, TaskScheduler.Current)) Signals.Set(Key, "outside");
        if (Signals.Add(Key, "tick") == 3) Signals.Set(Key, "third tick");
        await Task.Yield();
        if (fails) throw new InvalidOperationException("a tick that fails");
    }
}
