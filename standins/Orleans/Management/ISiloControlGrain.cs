using Orleans.Concurrency;
using Orleans.GrainDirectory;
using Orleans.Runtime;

namespace Orleans.Management;

/// <summary>What one silo tells of itself, for the management grain, which asks all of them.</summary>
[Alias("orleans.control")]
internal interface ISiloControlGrain : ISystemGrain
{
    [AlwaysInterleave]
    Task CollectGarbageAsync();

    [AlwaysInterleave]
    Task CollectActivationsAsync(TimeSpan ageLimit);

    [AlwaysInterleave]
    Task<SiloRuntimeStatistics> StatisticsAsync();

    [AlwaysInterleave]
    Task<SimpleGrainStatistic[]> GrainCountsAsync();

    [AlwaysInterleave]
    Task<DetailedGrainStatistic[]> GrainsAsync(string[]? types);

    [AlwaysInterleave]
    Task<List<GrainId>> ActiveGrainsAsync(GrainType type);
}
