using Orleans.Runtime;

namespace Orleans.Contract.Tests.Turns;

internal sealed class ChainGrain : Grain, IChainGrain
{
    public async Task CallBackThroughAsync(string other, bool allowReentrancy)
    {
        using var section = allowReentrancy ? RequestContext.AllowCallChainReentrancy() : RequestContext.SuppressCallChainReentrancy();
        await GrainFactory.GetGrain<IChainGrain>(other).CallAsync(this.GetPrimaryKeyString());
    }

    public Task CallAsync(string other) => GrainFactory.GetGrain<IChainGrain>(other).PingAsync();

    public Task PingAsync() => Task.CompletedTask;
}
