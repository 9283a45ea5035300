using System.Collections.Concurrent;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>Silos that come and go in good order, while calls run.</summary>
public sealed class ChangeTests(PostgresServer server)
{
    private const int Callers = 8;
    private const int GrainCount = 200;

    [Fact]
    public async Task A_silo_that_joins_under_load_disturbs_no_call_and_no_ownership()
    {
        var (cluster, silos, client) = await TestCluster.StartAsync(server, 1);
        await using var _ = cluster;
        var load = new Load([silos[0], client]);
        await load.RoundsAsync(3);
        var joined = await cluster.AddSiloAsync();
        await cluster.SeenAsync(AddressOf(joined));
        await load.RoundsAsync(3);
        await load.StopAsync();
        Assert.Empty(load.Errors);
        await AssertOneOwnerAsync(load.Keys, [silos[0], joined, client]);
    }

    [Fact]
    public async Task A_silo_that_stops_under_load_hands_its_grains_over_and_no_caller_sees_an_error()
    {
        var (cluster, silos, client) = await TestCluster.StartAsync(server, 3);
        await using var _ = cluster;
        var load = new Load([silos[0], silos[1], client]);
        await load.RoundsAsync(3);
        var leaving = AddressOf(silos[2]);
        await silos[2].StopAsync();
        await load.RoundsAsync(3);
        await load.StopAsync();
        Assert.Empty(load.Errors);
        foreach (var key in load.Keys) Assert.NotEqual(leaving, await TestCluster.GrainsOf(client).GetGrain<IPlaceGrain>(key).WhereAsync());
        await AssertOneOwnerAsync(load.Keys, [silos[0], silos[1], client]);
    }

    [Fact]
    public async Task Calls_that_wait_at_a_grain_whose_silo_stops_are_carried_out_elsewhere()
    {
        var (cluster, silos, client) = await TestCluster.StartAsync(server, 2);
        await using var _ = cluster;
        var key = SiloFixture.NewKey();
        var grain = TestCluster.GrainsOf(client).GetGrain<IPlaceGrain>(key);
        RequestContext.Set(IPlacementDirector.PlacementHintKey, AddressOf(silos[1]));
        Assert.Equal(AddressOf(silos[1]), await grain.WhereAsync());
        RequestContext.Clear();
        var blocking = grain.WaitAsync(key, CancellationToken.None);
        await Signals.WaitAsync(key, "started");
        var waiting = Enumerable.Range(0, 20).Select(_ => grain.WhereAsync().AsTask())
            .Concat(Enumerable.Range(0, 20).Select(_ => TestCluster.GrainsOf(silos[0]).GetGrain<IPlaceGrain>(key).WhereAsync().AsTask())).ToArray();
        var stopped = silos[1].StopAsync();
        await Eventually.TrueAsync(() => Task.FromResult(
            silos[0].Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot.GetSiloStatus(AddressOf(silos[1])) != SiloStatus.Active));
        Signals.Set(key, "go");
        await blocking;
        foreach (var place in await Task.WhenAll(waiting)) Assert.Contains(place, silos.Select(AddressOf));
        await stopped;
        Assert.Equal(AddressOf(silos[0]), await grain.WhereAsync());
    }

    [Fact]
    public async Task A_client_that_starts_before_any_silo_waits_for_one_when_it_is_told_to()
    {
        await using var cluster = await TestCluster.CreateAsync(server);
        var tries = 0;
        var client = cluster.BuildClient(builder => builder.UseConnectionRetryFilter(async (_, cancellationToken) =>
        {
            if (++tries == 3) Signals.Set(cluster.ConnectionString, "tried");
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            return true;
        }));
        var starting = client.StartAsync();
        await Signals.WaitAsync(cluster.ConnectionString, "tried");
        Assert.False(starting.IsCompleted);
        var silo = await cluster.AddSiloAsync();
        await starting;
        Assert.Equal(AddressOf(silo), await TestCluster.GrainsOf(client).GetGrain<IPlaceGrain>("x").WhereAsync());
    }

    [Fact]
    public async Task A_client_without_a_retry_filter_fails_to_start_while_there_is_no_silo()
    {
        await using var cluster = await TestCluster.CreateAsync(server);
        var client = cluster.BuildClient();
        await Assert.ThrowsAnyAsync<Exception>(() => client.StartAsync());
    }

    private static SiloAddress AddressOf(IHost host) => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private static async Task AssertOneOwnerAsync(string[] keys, IHost[] callers)
    {
        foreach (var key in keys)
        {
            var activations = await Task.WhenAll(callers.Select(async caller => await TestCluster.GrainsOf(caller).GetGrain<IPlaceGrain>(key).ActivationAsync()));
            Assert.Single(activations.Distinct());
        }
    }

    /// <summary>Callers in closed loops over the same grains, half of them through fresh references.</summary>
    private sealed class Load
    {
        private readonly Task[] _callers;
        private readonly int[] _rounds = new int[Callers];
        private volatile bool _stopping;

        public Load(IHost[] hosts)
        {
            Keys = [.. Enumerable.Range(0, GrainCount).Select(_ => SiloFixture.NewKey())];
            _callers = [.. Enumerable.Range(0, Callers).Select(i => Task.Run(() => CallAsync(i, TestCluster.GrainsOf(hosts[i % hosts.Length]))))];
        }

        public string[] Keys { get; }

        public ConcurrentQueue<Exception> Errors { get; } = new();

        /// <summary>Until every caller has been over all grains so many times more.</summary>
        public async Task RoundsAsync(int count)
        {
            var goals = _rounds.Select(rounds => rounds + count).ToArray();
            await Eventually.TrueAsync(() => Task.FromResult(_rounds.Zip(goals).All(pair => pair.First >= pair.Second)));
        }

        public Task StopAsync()
        {
            _stopping = true;
            return Task.WhenAll(_callers);
        }

        private async Task CallAsync(int caller, IGrainFactory grains)
        {
            while (!_stopping)
            {
                foreach (var key in Keys)
                {
                    try
                    {
                        await grains.GetGrain<IPlaceGrain>(key).AddAsync(1);
                    }
                    catch (Exception exception)
                    {
                        // Counted, and looked at when the load is over.
                        Errors.Enqueue(exception);
                    }
                }

                Volatile.Write(ref _rounds[caller], _rounds[caller] + 1);
            }
        }
    }
}
