namespace Orleans.Contract.Tests.Turns;

internal sealed class TurnGrain : Grain, ITurnGrain
{
    private int _inside;
    private int _overlaps;

    public async Task<int> CountOverlapsAsync()
    {
        if (++_inside > 1) _overlaps++;
        await Task.Yield();
        await Task.Delay(1);
        _inside--;
        return _overlaps;
    }

    public async Task<bool> StaysInTurnAsync()
    {
        var before = TaskScheduler.Current;
        await Task.Delay(1);
        return before != TaskScheduler.Default && ReferenceEquals(before, TaskScheduler.Current);
    }

    public Task<bool> LeavesTurnWithTaskRunAsync() => Task.Run(() => TaskScheduler.Current == TaskScheduler.Default);

    public async Task<bool> LeavesTurnWithConfigureAwaitFalseAsync()
    {
        await Task.Delay(1).ConfigureAwait(false);
        return TaskScheduler.Current == TaskScheduler.Default;
    }

    public async Task<bool> StartNewStaysInTurnAsync()
    {
        var mine = TaskScheduler.Current;
#pragma warning disable CA2008 // The scheduler that StartNew takes by default is what is asked about.
        return await Task.Factory.StartNew(() => ReferenceEquals(mine, TaskScheduler.Current));
#pragma warning restore CA2008
    }

    public async Task WaitForAsync(string signal)
    {
        Signals.Set(this.GetPrimaryKeyString(), signal + ".entered");
        await Signals.WaitAsync(this.GetPrimaryKeyString(), signal);
    }

    public Task ReadAsync(string signal) => WaitForAsync(signal);

    public Task WriteAsync()
    {
        Signals.Set(this.GetPrimaryKeyString(), "written");
        return Task.CompletedTask;
    }

    public Task SignalAsync(string signal)
    {
        Signals.Set(this.GetPrimaryKeyString(), signal);
        return Task.CompletedTask;
    }
}
