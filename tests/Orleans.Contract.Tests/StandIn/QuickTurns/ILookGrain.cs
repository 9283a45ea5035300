using Orleans.Concurrency;

namespace Orleans.Contract.Tests.StandIn.QuickTurns;

internal interface ILookGrain : IGrainWithStringKey
{
    Task ActivateAsync();

    [AlwaysInterleave]
    ValueTask<Look> LookAsync();

    /// <summary>Calls the grain itself before it answers, which has to wait for its turn.</summary>
    [AlwaysInterleave]
    ValueTask<Look> LookAndCallAsync();

    Task SignalAsync();
}
