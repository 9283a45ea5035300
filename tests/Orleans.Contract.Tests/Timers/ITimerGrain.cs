using Orleans.Concurrency;

namespace Orleans.Contract.Tests.Timers;

internal interface ITimerGrain : IGrainWithStringKey
{
    Task StartAsync(TimeSpan period, bool interleave = false, bool keepAlive = false, bool fails = false);

    Task WaitForAsync(string signal);

    Task StopAsync();

    Task DeactivateAsync();

    [AlwaysInterleave]
    Task<int> TicksAsync();
}
