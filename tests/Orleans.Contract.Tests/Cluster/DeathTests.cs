using System.Diagnostics;
using Actors.Testing;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>Silos that die, stand still, or cannot be reached.</summary>
public sealed class DeathTests(PostgresServer server)
{
    // Far below the 30 s of a response timeout.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Calls_under_way_on_a_silo_that_is_killed_fail_at_once_and_later_ones_succeed_on_a_survivor()
    {
        var (cluster, silos, client) = await TestCluster.StartAsync(server, 1);
        await using var _ = cluster;
        await using var doomed = await SiloProcess.StartAsync(cluster);
        foreach (var caller in (IHost[])[client, silos[0]])
        {
            var grains = TestCluster.GrainsOf(caller);
            await WithHintAsync(grains, doomed.Address, "under way " + caller.GetHashCode());
        }

        var calls = new[] { client, silos[0] }
            .Select(caller => TestCluster.GrainsOf(caller).GetGrain<IPlaceGrain>("under way " + caller.GetHashCode()))
            .Select(grain => grain.WaitAsync("never", CancellationToken.None))
            .ToArray();
        var watch = Stopwatch.StartNew();
        doomed.Kill();
        foreach (var call in calls) await Assert.ThrowsAsync<SiloUnavailableException>(() => call.WaitAsync(Soon));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"The calls failed after {watch.Elapsed}.");

        foreach (var caller in (IHost[])[client, silos[0]])
            Assert.NotEqual(doomed.Address, await UntilItSucceedsAsync(caller, "under way " + caller.GetHashCode()));
    }

    [Fact]
    public async Task A_call_that_finds_its_silo_dead_runs_elsewhere_or_says_that_it_was_not_carried_out()
    {
        var (cluster, silos, client) = await TestCluster.StartAsync(server, 1);
        await using var _ = cluster;
        await using var doomed = await SiloProcess.StartAsync(cluster);
        var keys = Enumerable.Range(0, 20).Select(_ => SiloFixture.NewKey()).ToArray();
        foreach (var key in keys)
            foreach (var caller in (IHost[])[client, silos[0]]) await WithHintAsync(TestCluster.GrainsOf(caller), doomed.Address, key);
        // An answer that never comes: when it breaks, this side has seen the connection's end.
        var underWay = new[] { client, silos[0] }.Select(caller => TestCluster.GrainsOf(caller).GetGrain<IPlaceGrain>(keys[0]).WaitAsync("never", CancellationToken.None)).ToArray();
        doomed.Kill();
        foreach (var call in underWay) await Assert.ThrowsAsync<SiloUnavailableException>(() => call.WaitAsync(Soon));

        // Each either succeeds at the survivor, or fails as a call that surely was not carried out.
        foreach (var caller in (IHost[])[client, silos[0]])
        {
            var ends = await Task.WhenAll(keys.Select(key => Record.ExceptionAsync(
                () => TestCluster.GrainsOf(caller).GetGrain<IPlaceGrain>(key).AddAsync(1).AsTask().WaitAsync(Soon)).AsTask()));
            Assert.All(ends, static end => Assert.True(end is null || end.GetType() == typeof(OrleansMessageRejectionException), end?.ToString()));
        }
    }

    [Fact]
    public async Task Calls_to_a_silo_that_stands_still_fail_soon_and_it_ends_when_it_reads_that_it_is_dead()
    {
        var (cluster, _, client) = await TestCluster.StartAsync(server, 1);
        await using var __ = cluster;
        await using var paused = await SiloProcess.StartAsync(cluster);
        var grains = TestCluster.GrainsOf(client);
        await WithHintAsync(grains, paused.Address, "paused");
        var underWay = grains.GetGrain<IPlaceGrain>("paused").WaitAsync("never", CancellationToken.None);
        paused.Pause();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => underWay.WaitAsync(Soon));
        Assert.NotEqual(paused.Address, await UntilItSucceedsAsync(client, "paused"));

        paused.Resume();
        await paused.ExitAsync();
    }

    [Fact]
    public async Task A_client_whose_gateway_dies_carries_on_through_another()
    {
        var (cluster, _, client) = await TestCluster.StartAsync(server, 1);
        await using var __ = cluster;
        await using var doomed = await SiloProcess.StartAsync(cluster);
        var grains = TestCluster.GrainsOf(client);
        // Known to be elsewhere, so that the death of the other gateway does not concern it.
        var survivor = grains.GetGrain<IPlaceGrain>("survivor");
        await Eventually.TrueAsync(async () =>
        {
            if (!doomed.Address.Equals(await survivor.WhereAsync())) return true;
            await survivor.LeaveAsync();
            return false;
        });
        doomed.Kill();
        for (var i = 0; i < 200; i++) await survivor.AddAsync(1);
        Assert.Equal(201, await survivor.AddAsync(1));

        // New references know nothing of the grain, and go through any gateway that is there.
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                for (var i = 0; i < 20; i++) await grains.GetGrain<IPlaceGrain>(SiloFixture.NewKey()).WhereAsync();
                return true;
            }
            catch (OrleansMessageRejectionException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task A_silo_that_starts_after_another_died_has_one_owner_of_every_grain()
    {
        var (cluster, silos, client) = await TestCluster.StartAsync(server, 1);
        await using var _ = cluster;
        await using var doomed = await SiloProcess.StartAsync(cluster);
        var keys = Enumerable.Range(0, 100).Select(i => $"owned {i} {SiloFixture.NewKey()}").ToArray();
        foreach (var key in keys) await TestCluster.GrainsOf(client).GetGrain<IPlaceGrain>(key).WhereAsync();
        doomed.Kill();
        var late = await cluster.AddSiloAsync();
        IHost[] callers = [client, silos[0], late];
        foreach (var key in keys)
        {
            await UntilItSucceedsAsync(client, key);
            var activations = await Task.WhenAll(callers.Select(async caller => await TestCluster.GrainsOf(caller).GetGrain<IPlaceGrain>(key).ActivationAsync()));
            Assert.Single(activations.Distinct());
        }
    }

    [Fact]
    public async Task Of_two_silos_that_cannot_reach_each_other_one_ends_and_the_other_takes_over()
    {
        await using var cluster = await TestCluster.CreateAsync(server);
        await using var firstDetour = new Detour();
        await using var secondDetour = new Detour();
        await using var first = await SiloProcess.StartAsync(cluster, firstDetour);
        await using var second = await SiloProcess.StartAsync(cluster, secondDetour);
        var client = await cluster.AddClientAsync();
        var keys = Enumerable.Range(0, 20).Select(_ => SiloFixture.NewKey()).ToArray();
        foreach (var key in keys) await TestCluster.GrainsOf(client).GetGrain<IPlaceGrain>(key).WhereAsync();

        firstDetour.Cut();
        secondDetour.Cut();
        var loser = await Task.WhenAny(first.ExitAsync(), second.ExitAsync());
        await loser;
        Assert.NotEqual(first.HasExited, second.HasExited);
        var winner = first.HasExited ? second.Address : first.Address;
        foreach (var key in keys) Assert.Equal(winner, await UntilItSucceedsAsync(client, key));
    }

    private static async Task WithHintAsync(IGrainFactory grains, SiloAddress place, string key)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, place);
        Assert.Equal(place, await grains.GetGrain<IPlaceGrain>(key).WhereAsync());
        RequestContext.Clear();
        // The second time straight to that silo, so that there is a connection.
        Assert.Equal(place, await grains.GetGrain<IPlaceGrain>(key).WhereAsync());
    }

    // No call may take longer than Soon, whatever its answer.
    private static async Task<SiloAddress> UntilItSucceedsAsync(IHost caller, string key)
    {
        SiloAddress? place = null;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                place = await TestCluster.GrainsOf(caller).GetGrain<IPlaceGrain>(key).WhereAsync().AsTask().WaitAsync(Soon);
                return true;
            }
            catch (OrleansMessageRejectionException)
            {
                return false;
            }
        });
        return place!;
    }
}
