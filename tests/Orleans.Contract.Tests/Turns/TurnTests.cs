namespace Orleans.Contract.Tests.Turns;

public sealed class TurnTests(SiloFixture silo)
{
    private readonly string _key = SiloFixture.NewKey();

    private ITurnGrain Grain => silo.Grains.GetGrain<ITurnGrain>(_key);

    [Fact]
    public async Task Calls_of_one_grain_run_one_at_a_time_even_across_awaits()
    {
        var overlaps = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Grain.CountOverlapsAsync()));
        Assert.All(overlaps, count => Assert.Equal(0, count));
    }

    [Fact]
    public async Task What_follows_an_await_runs_in_the_grains_turn() => Assert.True(await Grain.StaysInTurnAsync());

    [Fact]
    public async Task Task_Run_leaves_the_grains_turn() => Assert.True(await Grain.LeavesTurnWithTaskRunAsync());

    [Fact]
    public async Task ConfigureAwait_false_leaves_the_grains_turn() =>
        Assert.True(await Grain.LeavesTurnWithConfigureAwaitFalseAsync());

    [Fact]
    public async Task Task_Factory_StartNew_stays_in_the_grains_turn() => Assert.True(await Grain.StartNewStaysInTurnAsync());

    [Fact]
    public async Task A_call_waits_while_another_call_of_the_grain_waits()
    {
        var waiting = Grain.WaitForAsync("go");
        await Signals.WaitAsync(_key, "go.entered");
        var writing = Grain.WriteAsync();
        // This one overtakes, so the write before it has been seen and left waiting.
        await Grain.SignalAsync("seen");
        Assert.False(Signals.IsSet(_key, "written"));

        Signals.Set(_key, "go");
        await Task.WhenAll(waiting, writing);
        Assert.True(Signals.IsSet(_key, "written"));
    }

    [Fact]
    public async Task An_AlwaysInterleave_call_starts_while_another_call_waits()
    {
        var waiting = Grain.WaitForAsync("go");
        await Signals.WaitAsync(_key, "go.entered");
        await Grain.SignalAsync("go");
        await waiting;
    }

    [Fact]
    public async Task ReadOnly_calls_interleave_with_each_other()
    {
        var first = Grain.ReadAsync("first");
        await Signals.WaitAsync(_key, "first.entered");
        var second = Grain.ReadAsync("second");
        await Signals.WaitAsync(_key, "second.entered");

        Signals.Set(_key, "first");
        Signals.Set(_key, "second");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_ReadOnly_call_waits_for_one_that_is_not()
    {
        var waiting = Grain.WaitForAsync("go");
        await Signals.WaitAsync(_key, "go.entered");
        var reading = Grain.ReadAsync("read");
        await Grain.SignalAsync("seen");
        Assert.False(Signals.IsSet(_key, "read.entered"));

        Signals.Set(_key, "go");
        Signals.Set(_key, "read");
        await Task.WhenAll(waiting, reading);
    }

    [Fact]
    public async Task A_call_that_is_not_ReadOnly_waits_for_one_that_is()
    {
        var reading = Grain.ReadAsync("read");
        await Signals.WaitAsync(_key, "read.entered");
        var writing = Grain.WriteAsync();
        await Grain.SignalAsync("seen");
        Assert.False(Signals.IsSet(_key, "written"));

        Signals.Set(_key, "read");
        await Task.WhenAll(reading, writing);
    }

    [Fact]
    public async Task Calls_of_a_Reentrant_grain_interleave()
    {
        var grain = silo.Grains.GetGrain<IReentrantGrain>(_key);
        var waiting = grain.WaitForAsync("go");
        await Signals.WaitAsync(_key, "go.entered");
        await grain.SignalAsync("go");
        await waiting;
    }

    [Fact]
    public async Task A_MayInterleave_predicate_lets_in_the_calls_it_names()
    {
        var grain = silo.Grains.GetGrain<IPickyGrain>(_key);
        var waiting = grain.WaitForAsync("go");
        await Signals.WaitAsync(_key, "go.entered");
        await grain.SignalAsync("go");
        await waiting;
    }

    [Fact]
    public async Task A_call_that_comes_back_to_a_waiting_grain_waits_until_it_times_out()
    {
        var grain = silo.Grains.GetGrain<IChainGrain>(_key);
        await Assert.ThrowsAsync<TimeoutException>(() => grain.CallBackThroughAsync(SiloFixture.NewKey(), allowReentrancy: false));
    }

    [Fact]
    public async Task A_call_that_comes_back_runs_where_call_chain_reentrancy_is_allowed() =>
        await silo.Grains.GetGrain<IChainGrain>(_key).CallBackThroughAsync(SiloFixture.NewKey(), allowReentrancy: true);
}
