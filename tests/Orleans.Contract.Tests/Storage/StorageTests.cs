using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace Orleans.Contract.Tests.Storage;

public sealed class StorageTests : IAsyncLifetime
{
    private readonly RecordingStorage _storage = new();
    private readonly string _key = SiloFixture.NewKey();
    private TestSilo? _silo;

    private IAccountGrain Grain => _silo!.Grains.GetGrain<IAccountGrain>(_key);

    public async ValueTask InitializeAsync() =>
        _silo = await TestSilo.StartAsync(builder => builder.Services.AddGrainStorage("contract", (_, _) => _storage));

    public ValueTask DisposeAsync() => _silo!.DisposeAsync();

    [Fact]
    public async Task A_state_that_was_never_written_is_new_and_does_not_exist()
    {
        var (balance, exists, etag, _) = await Grain.ReadAsync();
        Assert.Equal(0, balance);
        Assert.False(exists);
        Assert.Null(etag);
    }

    [Fact]
    public async Task A_written_state_is_there_before_the_next_activation_is()
    {
        await Grain.SetAsync(7);
        await Grain.SaveAsync();
        await Grain.DeactivateAsync();

        var (balance, exists, etag, whenActivated) = await Grain.ReadAsync();
        Assert.Equal((7, true, "1", 7), (balance, exists, etag, whenActivated));
    }

    [Fact]
    public async Task What_was_not_written_is_gone_with_the_activation()
    {
        await Grain.SetAsync(7);
        await Grain.DeactivateAsync();
        Assert.Equal(0, (await Grain.ReadAsync()).Balance);
    }

    [Fact]
    public async Task ReadStateAsync_replaces_what_is_in_memory()
    {
        await Grain.SetAsync(7);
        await Grain.SaveAsync();
        await Grain.SetAsync(8);
        await Grain.ReloadAsync();
        Assert.Equal(7, (await Grain.ReadAsync()).Balance);
    }

    [Fact]
    public async Task A_cleared_state_does_not_exist()
    {
        await Grain.SetAsync(7);
        await Grain.SaveAsync();
        await Grain.ClearAsync();

        var (balance, exists, etag, _) = await Grain.ReadAsync();
        Assert.Equal((0, false, null), (balance, exists, etag));
    }

    [Fact]
    public async Task A_write_over_another_writers_version_fails_with_both_etags_and_the_activation_ends()
    {
        await Grain.SetAsync(7);
        await Grain.SaveAsync();
        _storage.ChangeBehindTheGrain(Grain.GetGrainId());

        await Grain.SetAsync(8);
        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(Grain.SaveAsync);
        Assert.Equal(("2", "1"), (conflict.StoredEtag, conflict.CurrentEtag));
        // A new activation, which has read what is stored.
        Assert.Equal((7, "2"), ((await Grain.ReadAsync()).Balance, (await Grain.ReadAsync()).Etag));
    }

    [Fact]
    public async Task The_state_is_out_of_reach_outside_the_grains_turn() =>
        Assert.True(await Grain.IsRefusedOutsideTheTurnAsync());

    [Fact]
    public async Task A_named_storage_is_a_keyed_service() =>
        Assert.Same(_storage, _silo!.Host.Services.GetRequiredKeyedService<IGrainStorage>("contract"));

    [Fact]
    public async Task A_grain_whose_storage_is_missing_fails_its_callers()
    {
        await using var bare = await TestSilo.StartAsync();
        await Assert.ThrowsAsync<BadProviderConfigException>(() => bare.Grains.GetGrain<IAccountGrain>(_key).ReadAsync());
    }
}
