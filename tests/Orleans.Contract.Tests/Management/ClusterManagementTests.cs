using Microsoft.Extensions.DependencyInjection;
using Orleans.Contract.Tests.Cluster;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Management;

/// <summary>The management grain answers for all silos, whichever it is asked through.</summary>
public sealed class ClusterManagementTests(TwoSilos two) : IClassFixture<TwoSilos>
{
    private IManagementGrain Management => two.Grains.GetGrain<IManagementGrain>(0);

    private SiloAddress[] Addresses => [.. two.Silos.Select(silo => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress).Order()];

    [Fact]
    public async Task Hosts_are_those_of_the_membership()
    {
        for (var i = 0; i < 4; i++)
        {
            var hosts = await Management.GetHosts(onlyActive: true);
            Assert.Equal(Addresses, hosts.Keys.Order());
            Assert.All(hosts.Values, status => Assert.Equal(SiloStatus.Active, status));
            var detailed = await Management.GetDetailedHosts(onlyActive: true);
            Assert.Equal(Addresses, detailed.Select(host => host.SiloAddress).Order());
            Assert.All(detailed, host => Assert.True(host.ProxyPort > 0));
        }
    }

    [Fact]
    public async Task Statistics_cover_every_silo_or_those_that_are_asked_for()
    {
        var keys = Enumerable.Range(0, 40).Select(_ => SiloFixture.NewKey()).ToArray();
        foreach (var key in keys) await two.Grains.GetGrain<IPlaceGrain>(key).WhereAsync();
        var type = two.Grains.GetGrain<IPlaceGrain>("any").GetGrainId().Type;

        Assert.Equal(2, (await Management.GetRuntimeStatistics([])).Length);
        Assert.Single(await Management.GetRuntimeStatistics([Addresses[0]]));
        var counts = (await Management.GetSimpleGrainStatistics()).Where(count => count.GrainType == typeof(PlaceGrain).FullName).ToArray();
        Assert.Equal(Addresses, counts.Select(count => count.SiloAddress).Order());
        Assert.True(counts.Sum(count => count.ActivationCount) >= 40);
        var active = (await Management.GetActiveGrains(type)).Select(grain => grain.Key.ToString()).ToHashSet();
        Assert.Superset(keys.ToHashSet(), active);
        Assert.True(await Management.GetTotalActivationCount() >= 40);
        var there = await Management.GetDetailedGrainStatistics([typeof(PlaceGrain).FullName!], [Addresses[1]]);
        Assert.All(there, grain => Assert.Equal(Addresses[1], grain.SiloAddress));
    }

    [Fact]
    public async Task An_activations_address_is_known_on_every_silo()
    {
        for (var i = 0; i < 10; i++)
        {
            var grain = two.Grains.GetGrain<IPlaceGrain>(SiloFixture.NewKey());
            Assert.Null(await Management.GetActivationAddress(grain));
            var place = await grain.WhereAsync();
            Assert.Equal(place, await Management.GetActivationAddress(grain));
            Assert.Equal(1, await Management.GetGrainActivationCount((GrainReference)grain));
        }
    }

    [Fact]
    public async Task Grains_of_all_silos_can_be_collected()
    {
        var grains = Enumerable.Range(0, 20).Select(_ => two.Grains.GetGrain<IPlaceGrain>(SiloFixture.NewKey())).ToArray();
        foreach (var grain in grains) await grain.WhereAsync();
        await Eventually.TrueAsync(async () =>
        {
            await Management.ForceActivationCollection(TimeSpan.Zero);
            foreach (var grain in grains)
                if (await Management.GetActivationAddress(grain) is not null) return false;
            return true;
        });
    }
}
