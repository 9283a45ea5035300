using System.Diagnostics;
using Actors.Testing;
using Orleans.Configuration;
using Orleans.Contract.Tests.Cluster;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Contract.Tests.StandIn.Cluster;

/// <summary>What a connection carries at most, and what a caller hears of it.</summary>
public sealed class LimitTests(PostgresServer server)
{
    [Fact]
    public async Task A_message_over_the_limit_fails_its_own_call_only()
    {
        const int limit = 100_000;
        await using var cluster = await TestCluster.CreateAsync(server);
        await cluster.AddSiloAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxMessageBodySize = limit));
        var client = await cluster.AddClientAsync(client => client.Configure<ClientMessagingOptions>(options => options.MaxMessageBodySize = limit));
        var grain = TestCluster.GrainsOf(client).GetGrain<IPlaceGrain>("x");
        var activation = await grain.ActivationAsync();
        var slow = grain.EchoAsync(new byte[limit / 2]);

        var tooLong = await Assert.ThrowsAsync<OrleansException>(() => grain.EchoAsync(new byte[limit + 1]));
        Assert.Contains("limit", tooLong.Message, StringComparison.Ordinal);
        tooLong = await Assert.ThrowsAsync<OrleansException>(() => grain.FillAsync(limit + 1));
        Assert.Contains("limit", tooLong.Message, StringComparison.Ordinal);

        Assert.Equal(limit / 2, (await slow).Length);
        Assert.Equal(activation, await grain.ActivationAsync());
    }

    [Fact]
    public async Task Calls_to_a_silo_that_takes_nothing_are_refused_once_the_queue_is_full()
    {
        const int callCount = 1_600;
        const int callBytes = 256 * 1024;
        await using var cluster = await TestCluster.CreateAsync(server);
        await cluster.AddSiloAsync();
        await using var paused = await SiloProcess.StartAsync(cluster);
        var client = await cluster.AddClientAsync();
        var grain = TestCluster.GrainsOf(client).GetGrain<IPlaceGrain>("slow");
        RequestContext.Set(IPlacementDirector.PlacementHintKey, paused.Address);
        Assert.Equal(paused.Address, await grain.WhereAsync());
        RequestContext.Clear();
        Assert.Equal(paused.Address, await grain.WhereAsync());
        var bytes = new byte[callBytes];
        paused.Pause();

        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var calls = Enumerable.Range(0, callCount).Select(_ => grain.EchoAsync(bytes)).ToArray();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < callCount * (long)callBytes / 4, $"{grown} bytes are held for calls that cannot leave.");
        foreach (var call in calls) await call.ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Contains(calls, call => call.Exception?.InnerException is GatewayTooBusyException);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"The calls ended after {watch.Elapsed}.");
    }
}
