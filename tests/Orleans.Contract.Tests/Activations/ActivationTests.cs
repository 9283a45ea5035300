using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.Activations;

public sealed class ActivationTests(SiloFixture silo)
{
    private readonly string _key = SiloFixture.NewKey();

    [Fact]
    public async Task A_grain_has_one_activation_however_many_call_it_first()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => silo.Grains.GetGrain<ILifeGrain>(_key).ActivationAsync())));
        Assert.Single(ids.Distinct());
        Assert.Equal(1, Signals.Count(_key, "activated"));
    }

    [Fact]
    public async Task Calls_wait_until_the_grain_is_activated()
    {
        var grain = silo.Grains.GetGrain<ISlowStartGrain>(_key);
        var calls = Enumerable.Range(0, 5).Select(_ => grain.IsReadyAsync()).ToArray();
        Signals.Set(_key, "start");
        Assert.All(await Task.WhenAll(calls), Assert.True);
        Assert.Equal(1, Signals.Count(_key, "activated"));
    }

    [Fact]
    public async Task A_failed_activation_reaches_the_caller_and_the_next_call_tries_again()
    {
        var grain = silo.Grains.GetGrain<IFailingStartGrain>(_key);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(grain.AttemptsAsync);
        Assert.Equal("not yet", failure.Message);
        Assert.Equal(2, await grain.AttemptsAsync());
    }

    [Fact]
    public async Task DeactivateOnIdle_ends_the_activation_and_the_next_call_gets_another()
    {
        var grain = silo.Grains.GetGrain<ILifeGrain>(_key);
        var first = await grain.ActivationAsync();
        await grain.DeactivateAsync();
        var second = await grain.ActivationAsync();

        Assert.NotEqual(first, second);
        Assert.Equal(DeactivationReasonCode.ApplicationRequested, await Signals.WaitAsync(_key, "deactivated"));
    }

    [Fact]
    public async Task A_running_call_ends_before_the_grain_is_deactivated_and_waiting_ones_go_to_the_next_activation()
    {
        var grain = silo.Grains.GetGrain<ILifeGrain>(_key);
        var running = grain.DeactivateAndWaitForAsync("go");
        await Signals.WaitAsync(_key, "go.entered");
        var waiting = grain.ActivationAsync();
        Assert.False(Signals.IsSet(_key, "deactivated"));

        Signals.Set(_key, "go");
        Assert.NotEqual(await running, await waiting);
        Assert.True(Signals.IsSet(_key, "deactivated"));
    }

    [Fact]
    public async Task An_idle_grain_is_collected_and_says_why()
    {
        await using var hasty = await HastySiloAsync();
        await hasty.Grains.GetGrain<ILifeGrain>(_key).ActivationAsync();
        Assert.Equal(DeactivationReasonCode.ActivationIdle, await Signals.WaitAsync(_key, "deactivated"));
    }

    [Fact]
    public async Task A_grain_in_use_a_delayed_one_and_a_kept_one_are_not_collected_with_an_idle_one()
    {
        await using var hasty = await HastySiloAsync();
        string[] keys = [.. Enumerable.Range(0, 4).Select(_ => SiloFixture.NewKey())];
        var used = hasty.Grains.GetGrain<ILifeGrain>(keys[0]).WaitForAsync("go");
        await hasty.Grains.GetGrain<ILifeGrain>(keys[1]).DelayAsync(TimeSpan.FromHours(1));
        await hasty.Grains.GetGrain<IKeptGrain>(keys[2]).TouchAsync();
        // The idle one comes last, so its collection says that the others had their chance.
        await hasty.Grains.GetGrain<ILifeGrain>(keys[3]).ActivationAsync();
        await Signals.WaitAsync(keys[3], "deactivated");

        Assert.All(keys[..3], key => Assert.False(Signals.IsSet(key, "deactivated")));
        Signals.Set(keys[0], "go");
        await used;
    }

    [Fact]
    public async Task A_silo_that_stops_deactivates_its_grains_first()
    {
        var stopping = await TestSilo.StartAsync();
        await stopping.Grains.GetGrain<ILifeGrain>(_key).ActivationAsync();
        await stopping.DisposeAsync();

        Assert.True(Signals.IsSet(_key, "deactivated"));
        Assert.Equal(DeactivationReasonCode.ShuttingDown, await Signals.WaitAsync(_key, "deactivated"));
    }

    [Fact]
    public async Task A_stateless_worker_has_as_many_activations_as_it_says_and_each_keeps_its_turns()
    {
        var grain = silo.Grains.GetGrain<IWorkerGrain>(Random.Shared.NextInt64());
        var calls = Enumerable.Range(0, 8).Select(_ => grain.WorkAsync(_key)).ToArray();
        await Signals.WaitAsync(_key, "two");
        Signals.Set(_key, "go");

        Assert.Equal(2, (await Task.WhenAll(calls)).Distinct().Count());
        Assert.False(Signals.IsSet(_key, "overlap"));
    }

    [Fact]
    public async Task Startup_tasks_run_in_the_order_of_their_stages_and_can_call_grains()
    {
        List<string> order = [];
        await using var starting = await TestSilo.StartAsync(builder => builder
            .AddStartupTask(async (services, _) =>
            {
                await services.GetRequiredService<IGrainFactory>().GetGrain<ILifeGrain>(_key).ActivationAsync();
                order.Add("active");
            })
            .AddStartupTask((_, _) =>
            {
                order.Add("storage");
                return Task.CompletedTask;
            }, ServiceLifecycleStage.RuntimeStorageServices));

        Assert.Equal(["storage", "active"], order);
    }

    [Fact]
    public async Task A_lifecycle_participant_is_started_and_stopped_with_the_silo()
    {
        List<string> events = [];
        var starting = await TestSilo.StartAsync(builder =>
            builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new RecordingParticipant(events)));
        Assert.Equal(["start"], events);
        await starting.DisposeAsync();
        Assert.Equal(["start", "stop"], events);
    }

    [Fact]
    public async Task Stages_start_in_their_order_and_stop_in_the_reverse_one_whoever_subscribed_first()
    {
        List<string> events = [];
        var starting = await TestSilo.StartAsync(builder =>
        {
            foreach (var (name, offset) in ((string, int)[])[(" c", 3), (" a", 1), (" b", 2), (" b", 2)])
            {
                builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                    new RecordingParticipant(events, name, ServiceLifecycleStage.Active + offset));
            }
        });
        await starting.DisposeAsync();
        Assert.Equal(["start a", "start b", "start b", "start c", "stop c", "stop b", "stop b", "stop a"], events);
    }

    private static Task<TestSilo> HastySiloAsync() => TestSilo.StartAsync(builder => builder.Configure<GrainCollectionOptions>(options =>
    {
        options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
        options.CollectionAge = TimeSpan.FromMilliseconds(300);
    }));
}
