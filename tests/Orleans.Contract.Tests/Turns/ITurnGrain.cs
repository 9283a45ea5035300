using Orleans.Concurrency;

namespace Orleans.Contract.Tests.Turns;

internal interface ITurnGrain : IGrainWithStringKey
{
    Task<int> CountOverlapsAsync();

    Task<bool> StaysInTurnAsync();

    Task<bool> LeavesTurnWithTaskRunAsync();

    Task<bool> LeavesTurnWithConfigureAwaitFalseAsync();

    Task<bool> StartNewStaysInTurnAsync();

    Task WaitForAsync(string signal);

    [ReadOnly]
    Task ReadAsync(string signal);

    Task WriteAsync();

    [AlwaysInterleave]
    Task SignalAsync(string signal);
}
