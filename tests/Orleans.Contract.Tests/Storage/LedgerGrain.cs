using Orleans.Providers;

namespace Orleans.Contract.Tests.Storage;

[StorageProvider(ProviderName = "memory")]
internal sealed class LedgerGrain : Grain<Account>, ILedgerGrain
{
    public async Task<int> AddAsync(int amount)
    {
        State.Balance += amount;
        await WriteStateAsync();
        return State.Balance;
    }

    public Task<int> BalanceAsync() => Task.FromResult(State.Balance);

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
