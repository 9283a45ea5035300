using Orleans.Concurrency;

namespace Orleans.Contract.Tests.Turns;

[Reentrant]
internal sealed class ReentrantGrain : Grain, IReentrantGrain
{
    public async Task WaitForAsync(string signal)
    {
        Signals.Set(this.GetPrimaryKeyString(), signal + ".entered");
        await Signals.WaitAsync(this.GetPrimaryKeyString(), signal);
    }

    public Task SignalAsync(string signal)
    {
        Signals.Set(this.GetPrimaryKeyString(), signal);
        return Task.CompletedTask;
    }
}
