namespace Orleans.Contract.Tests.Storage;

public sealed class LedgerTests(SiloFixture silo)
{
    [Fact]
    public async Task The_state_of_a_Grain_of_T_is_read_and_written_in_the_storage_it_names()
    {
        var grain = silo.Grains.GetGrain<ILedgerGrain>(SiloFixture.NewKey());
        Assert.Equal(5, await grain.AddAsync(5));
        await grain.DeactivateAsync();
        Assert.Equal(5, await grain.BalanceAsync());
        Assert.Equal(7, await grain.AddAsync(2));
    }
}
