using Actors.Testing;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>Calls between silos, and from a client outside.</summary>
public sealed class CrossingTests(PostgresServer server) : IAsyncLifetime
{
    private TestCluster _cluster = null!;
    private IHost[] _silos = [];
    private IHost _client = null!;

    public async ValueTask InitializeAsync() => (_cluster, _silos, _client) = await TestCluster.StartAsync(server, 2);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_grain_has_one_activation_whoever_calls_first()
    {
        IHost[] callers = [.. _silos, _client];
        for (var i = 0; i < 20; i++)
        {
            var key = SiloFixture.NewKey();
            var activations = await Task.WhenAll(callers
                .SelectMany(caller => Enumerable.Repeat(caller, 5))
                .Select(caller => Task.Run(async () => await TestCluster.GrainsOf(caller).GetGrain<IPlaceGrain>(key).ActivationAsync())));
            Assert.Single(activations.Distinct());
            Assert.Equal(1, Signals.Count(key, "activated"));
        }
    }

    [Fact]
    public async Task Grains_spread_over_the_silos_and_find_each_other()
    {
        var grains = TestCluster.GrainsOf(_client);
        var keys = Enumerable.Range(0, 40).Select(_ => SiloFixture.NewKey()).ToArray();
        var places = new Dictionary<string, SiloAddress>();
        foreach (var key in keys) places[key] = await grains.GetGrain<IPlaceGrain>(key).WhereAsync();
        Assert.Equal(2, places.Values.Distinct().Count());
        foreach (var key in keys.Skip(1)) Assert.Equal(places[key], await grains.GetGrain<IPlaceGrain>(keys[0]).WhereIsAsync(key));
    }
}
