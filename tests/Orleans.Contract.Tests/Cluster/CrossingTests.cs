using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Contract.Tests.Activations;
using Orleans.Contract.Tests.Calls;
using Orleans.Diagnostics;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>Calls between silos, and from a client outside.</summary>
public sealed class CrossingTests(TwoSilos two) : IClassFixture<TwoSilos>
{
    private readonly string _key = SiloFixture.NewKey();

    [Fact]
    public async Task A_grain_has_one_activation_whoever_calls_first()
    {
        IHost[] callers = [.. two.Silos, two.Client];
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
        var keys = Enumerable.Range(0, 40).Select(_ => SiloFixture.NewKey()).ToArray();
        var places = new Dictionary<string, SiloAddress>();
        foreach (var key in keys) places[key] = await two.Grains.GetGrain<IPlaceGrain>(key).WhereAsync();
        Assert.Equal(2, places.Values.Distinct().Count());
        foreach (var key in keys.Skip(1)) Assert.Equal(places[key], await two.Grains.GetGrain<IPlaceGrain>(keys[0]).WhereIsAsync(key));
    }

    [Fact]
    public async Task A_grain_that_left_is_activated_again_and_calls_do_not_notice()
    {
        var grain = two.Grains.GetGrain<IPlaceGrain>(_key);
        for (var i = 0; i < 20; i++)
        {
            var before = await grain.ActivationAsync();
            await grain.LeaveAsync();
            Assert.NotEqual(before, await grain.ActivationAsync());
        }
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_in_another_process_with_its_type_and_message()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => grain.ThrowAsync("wrong"));
            Assert.Equal("wrong", exception.Message);
        }
    }

    [Fact]
    public async Task The_RequestContext_crosses()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            RequestContext.Set("colour", "green");
            Assert.Equal("green", await grain.ContextAsync("colour"));
            RequestContext.Clear();
            Assert.Null(await grain.ContextAsync("colour"));
        }
    }

    [Fact]
    public async Task The_trace_crosses()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is ActivitySources.ApplicationGrainActivitySourceName or nameof(CrossingTests),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource(nameof(CrossingTests));
        using var activity = source.StartActivity("caller");
        for (var i = 0; i < 4; i++)
            Assert.Equal(activity!.TraceId.ToHexString(), await two.Grains.GetGrain<ICallGrain>(SiloFixture.NewKey()).TraceIdAsync());
    }

    [Fact]
    public async Task A_cancelled_token_fires_at_the_grain_and_frees_the_caller()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            var signal = SiloFixture.NewKey();
            using var cancellation = new CancellationTokenSource();
            var call = grain.WaitAsync(signal, cancellation.Token);
            await Signals.WaitAsync(signal, "started");
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            await Signals.WaitAsync(signal, "cancelled");
        }
    }

    [Fact]
    public async Task A_streamed_result_crosses_and_is_disposed_when_the_caller_stops()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            var signal = SiloFixture.NewKey();
            var received = new List<int>();
            await foreach (var value in grain.CountAsync(signal, 250))
            {
                received.Add(value);
                if (value == 249) break;
            }

            Assert.Equal(Enumerable.Range(0, 250), received);
            await Signals.WaitAsync(signal, "disposed");
        }
    }

    [Fact]
    public async Task A_streamed_result_ends_at_the_grain_when_the_caller_cancels()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            var signal = SiloFixture.NewKey();
            using var cancellation = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var value in grain.CountAsync(signal, 3).WithCancellation(cancellation.Token))
                    if (value == 2) cancellation.CancelAfter(TimeSpan.FromMilliseconds(50));
            });
            await Signals.WaitAsync(signal, "disposed");
        }
    }

    [Fact]
    public async Task A_streamed_result_aborts_with_its_activation()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            var signal = SiloFixture.NewKey();
            await Assert.ThrowsAsync<EnumerationAbortedException>(async () =>
            {
                await foreach (var value in grain.CountAsync(signal, 3))
                    if (value == 2) await grain.LeaveAsync();
            });
            await Signals.WaitAsync(signal, "disposed");
        }
    }

    [Fact]
    public async Task A_one_way_call_is_carried_out()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            var signal = SiloFixture.NewKey();
            await grain.SignalAsync(signal);
            await Signals.WaitAsync(signal, "done");
        }
    }

    [Fact]
    public async Task A_call_that_is_not_answered_in_its_time_fails()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            var signal = SiloFixture.NewKey();
            await Assert.ThrowsAsync<TimeoutException>(() => grain.WaitShortlyAsync(signal));
            Signals.Set(signal, "go");
        }
    }

    [Fact]
    public async Task A_stateless_worker_works_on_the_silo_that_was_called()
    {
        foreach (var silo in two.Silos)
        {
            var here = silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
            Assert.Equal(here, await TestCluster.GrainsOf(silo).GetGrain<IHereGrain>(0).WhereAsync());
        }

        Assert.Contains(await two.Grains.GetGrain<IHereGrain>(0).WhereAsync(), Places());
    }

    [Fact]
    public async Task The_placement_hint_decides_where_a_grain_is_activated_and_nothing_else()
    {
        var places = Places();
        foreach (var place in places)
        {
            for (var i = 0; i < 5; i++)
            {
                var key = SiloFixture.NewKey();
                Assert.Equal(place, await (await ActivateAsync(place, key)).WhereAsync());
                RequestContext.Set(IPlacementDirector.PlacementHintKey, places.Single(other => !other.Equals(place)));
                Assert.Equal(place, await two.Grains.GetGrain<IPlaceGrain>(key).WhereAsync());
                RequestContext.Clear();
            }
        }
    }

    [Fact]
    public async Task A_generic_grain_is_found_by_its_arguments()
    {
        for (var i = 0; i < 8; i++)
        {
            var key = SiloFixture.NewKey();
            await two.Grains.GetGrain<IBoxGrain<string>>(key).PutAsync("in");
            foreach (var silo in two.Silos) Assert.Equal("in", await TestCluster.GrainsOf(silo).GetGrain<IBoxGrain<string>>(key).TakeAsync());
        }
    }

    [Fact]
    public async Task Bytes_cross_whole()
    {
        foreach (var place in Places())
        {
            var grain = await ActivateAsync(place);
            foreach (var length in (int[])[0, 1, 500, 5_000, 300_000])
            {
                var bytes = new byte[length];
                Random.Shared.NextBytes(bytes);
                Assert.Equal(bytes, await grain.EchoAsync(bytes));
            }
        }
    }

    [Fact]
    public async Task A_method_that_the_grain_does_not_have_fails_at_once()
    {
        var id = (await ActivateAsync(Places()[0])).GetGrainId();
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<Exception>(() => two.Grains.GetGrain<IStrangerGrain>(id).StrangeAsync());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    private SiloAddress[] Places() =>
        [.. two.Silos.Select(silo => silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress)];

    private async Task<IPlaceGrain> ActivateAsync(SiloAddress place, string? key = null)
    {
        var grain = two.Grains.GetGrain<IPlaceGrain>(key ?? SiloFixture.NewKey());
        RequestContext.Set(IPlacementDirector.PlacementHintKey, place);
        Assert.Equal(place, await grain.WhereAsync());
        RequestContext.Clear();
        return grain;
    }
}
