using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.Contract.Tests.Timers;

public sealed class TimerTests(SiloFixture silo)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private readonly string _key = SiloFixture.NewKey();

    private ITimerGrain Grain => silo.Grains.GetGrain<ITimerGrain>(_key);

    [Fact]
    public async Task A_timer_ticks_again_and_again_in_the_grains_turn()
    {
        await Grain.StartAsync(Period);
        await Signals.WaitAsync(_key, "third tick");
        Assert.False(Signals.IsSet(_key, "outside"));
    }

    [Fact]
    public async Task A_timer_waits_while_a_call_of_the_grain_waits()
    {
        await Grain.StartAsync(Period);
        var waiting = Grain.WaitForAsync("go");
        await Signals.WaitAsync(_key, "go.entered");
        var before = await Grain.TicksAsync();
        await SomeTimePassesAsync();
        Assert.Equal(before, await Grain.TicksAsync());

        Signals.Set(_key, "go");
        await waiting;
        await Signals.WaitAsync(_key, "third tick");
    }

    [Fact]
    public async Task An_interleaving_timer_ticks_while_a_call_of_the_grain_waits()
    {
        await Grain.StartAsync(Period, interleave: true);
        var waiting = Grain.WaitForAsync("go");
        await Signals.WaitAsync(_key, "third tick");
        Signals.Set(_key, "go");
        await waiting;
    }

    [Fact]
    public async Task A_timer_goes_on_after_a_tick_that_failed()
    {
        await Grain.StartAsync(Period, fails: true);
        await Signals.WaitAsync(_key, "third tick");
    }

    [Fact]
    public async Task A_disposed_timer_does_not_tick()
    {
        await Grain.StartAsync(Period);
        await Signals.WaitAsync(_key, "third tick");
        await Grain.StopAsync();
        var ticks = await Signals.WaitAsync(_key, "stopped");
        await SomeTimePassesAsync();
        Assert.Equal(ticks, await Grain.TicksAsync());
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        await Grain.StartAsync(Period);
        await Signals.WaitAsync(_key, "third tick");
        await Grain.DeactivateAsync();
        await Signals.WaitAsync(_key, "deactivated");
        var ticks = Signals.Count(_key, "tick");
        await SomeTimePassesAsync();
        Assert.Equal(ticks, Signals.Count(_key, "tick"));
    }

    // As long as another timer of the same period needs for three ticks.
    private async Task SomeTimePassesAsync()
    {
        var other = SiloFixture.NewKey();
        await silo.Grains.GetGrain<ITimerGrain>(other).StartAsync(Period);
        await Signals.WaitAsync(other, "third tick");
    }

    [Fact]
    public async Task A_timer_does_not_keep_its_grain_from_being_collected_unless_it_says_so()
    {
        await using var hasty = await TestSilo.StartAsync(builder => builder.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
            options.CollectionAge = TimeSpan.FromMilliseconds(300);
        }));
        var kept = SiloFixture.NewKey();
        await hasty.Grains.GetGrain<ITimerGrain>(kept).StartAsync(Period, keepAlive: true);
        await hasty.Grains.GetGrain<ITimerGrain>(_key).StartAsync(Period);

        await Signals.WaitAsync(_key, "deactivated");
        Assert.False(Signals.IsSet(kept, "deactivated"));
    }
}
