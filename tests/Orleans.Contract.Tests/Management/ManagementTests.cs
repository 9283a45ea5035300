using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Contract.Tests.Identity;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Management;

public sealed class ManagementTests : IAsyncLifetime
{
    private TestSilo? _silo;

    private IManagementGrain Management => _silo!.Grains.GetGrain<IManagementGrain>(0);

    private ILocalSiloDetails Details => _silo!.Host.Services.GetRequiredService<ILocalSiloDetails>();

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync(builder =>
    {
        builder.Configure<SiloOptions>(options => options.SiloName = "contract-silo");
        builder.Configure<ClusterOptions>(options => options.ClusterId = "contract-cluster");
    });

    public ValueTask DisposeAsync() => _silo!.DisposeAsync();

    [Fact]
    public void The_silo_knows_its_name_and_address()
    {
        Assert.Equal("contract-silo", Details.Name);
        Assert.Equal("contract-cluster", Details.ClusterId);
        Assert.Equal(Details.SiloAddress, SiloAddress.FromParsableString(Details.SiloAddress.ToParsableString()));
    }

    [Fact]
    public async Task The_silo_is_listed_as_active()
    {
        var hosts = await Management.GetHosts(onlyActive: true);
        Assert.Equal(SiloStatus.Active, hosts[Details.SiloAddress]);

        var entry = Assert.Single(await Management.GetDetailedHosts(onlyActive: true));
        Assert.Equal((Details.SiloAddress, "contract-silo", SiloStatus.Active), (entry.SiloAddress, entry.SiloName, entry.Status));
    }

    [Fact]
    public async Task Activations_are_counted_by_class_and_listed_by_grain()
    {
        foreach (var key in (string[])["a", "b", "c"]) await _silo!.Grains.GetGrain<IStringGrain>(key).KeyAsync();

        var statistics = await Management.GetSimpleGrainStatistics();
        Assert.Equal(3, Assert.Single(statistics, statistic => statistic.GrainType.Contains(nameof(StringGrain), StringComparison.Ordinal)).ActivationCount);
        var active = await Management.GetActiveGrains(GrainType.Create("string"));
        Assert.Equal(["a", "b", "c"], active.Select(id => id.Key.ToString()).Order());
        Assert.True(await Management.GetTotalActivationCount() >= 3);
    }

    [Fact]
    public async Task A_grain_has_an_address_while_it_is_active()
    {
        var grain = _silo!.Grains.GetGrain<IStringGrain>("somewhere");
        Assert.Null(await Management.GetActivationAddress(grain));
        await grain.KeyAsync();
        Assert.Equal(Details.SiloAddress, await Management.GetActivationAddress(grain));
    }

    [Fact]
    public async Task Runtime_statistics_say_how_much_is_active()
    {
        await _silo!.Grains.GetGrain<IStringGrain>("counted").KeyAsync();
        var statistics = Assert.Single(await Management.GetRuntimeStatistics([Details.SiloAddress]));
        Assert.True(statistics.ActivationCount >= 1);
    }

    [Fact]
    public async Task Forced_collection_deactivates_what_is_idle()
    {
        var grain = _silo!.Grains.GetGrain<IStringGrain>("idle");
        await grain.KeyAsync();
        await Eventually.TrueAsync(async () =>
        {
            await Management.ForceActivationCollection(TimeSpan.FromMilliseconds(1));
            return await Management.GetActivationAddress(grain) is null;
        });
        Assert.Null(await Management.GetActivationAddress(grain));
    }
}
