using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.AdoNet;

internal sealed class StoredGrain([PersistentState("sum", "database")] IPersistentState<StoredSum> state) : Grain, IStoredGrain
{
    public async Task<int> AddAsync(int value)
    {
        state.State.Sum += value;
        if (value != 0) await state.WriteStateAsync();
        return state.State.Sum;
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
