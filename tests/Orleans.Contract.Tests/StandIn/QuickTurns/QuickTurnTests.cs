using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.QuickTurns;

/// <summary>An [AlwaysInterleave] call from outside of all grains has its turn before it returns, where nothing else has or awaits one.</summary>
public sealed class QuickTurnTests(SiloFixture silo)
{
    private readonly string _key = SiloFixture.NewKey();

    [Fact]
    public async Task A_call_to_an_idle_grain_is_over_when_its_caller_has_the_task() => await LookAtOnceAsync(grain => grain.LookAsync());

    [Fact]
    public async Task It_runs_in_the_grains_turn_and_not_in_its_callers_context()
    {
        LookGrain.Callers.Value = "the caller's";

        Assert.Equal(new Look(IsInTurn: true, CallersContext: null), await LookAtOnceAsync(grain => grain.LookAsync()));
        Assert.Equal("the caller's", LookGrain.Callers.Value);
        Assert.Same(TaskScheduler.Default, TaskScheduler.Current);
        Assert.Null(RuntimeContext.Current);
    }

    [Fact]
    public async Task What_comes_meanwhile_has_its_turn_afterwards()
    {
        await LookAtOnceAsync(grain => grain.LookAndCallAsync());
        await Signals.WaitAsync(_key, "called");
    }

    // Whatever made the grain active may still have its last turn; and where the tests run, a context waits for continuations.
    private Task<Look> LookAtOnceAsync(Func<ILookGrain, ValueTask<Look>> look) => Task.Run(async () =>
    {
        var grain = silo.Grains.GetGrain<ILookGrain>(_key);
        await grain.ActivateAsync();
        Look? seen = null;
        await Eventually.TrueAsync(() =>
        {
            var looking = look(grain);
            seen = looking.IsCompletedSuccessfully ? looking.Result : null;
            return Task.FromResult(seen is not null);
        });
        return seen!;
    });
}
