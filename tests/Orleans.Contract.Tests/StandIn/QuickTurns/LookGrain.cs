namespace Orleans.Contract.Tests.StandIn.QuickTurns;

internal sealed class LookGrain : Grain, ILookGrain
{
    public static readonly AsyncLocal<string?> Callers = new();

    public Task ActivateAsync() => Task.CompletedTask;

    public ValueTask<Look> LookAsync() => new(new Look(TaskScheduler.Current != TaskScheduler.Default, Callers.Value));

    public ValueTask<Look> LookAndCallAsync()
    {
        this.AsReference<ILookGrain>().SignalAsync().Ignore();
        return LookAsync();
    }

    public Task SignalAsync()
    {
        Signals.Set(this.GetPrimaryKeyString(), "called");
        return Task.CompletedTask;
    }
}
