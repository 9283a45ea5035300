using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.GrainDirectory;

namespace Orleans.Client;

/// <summary>Tells clients which grains a silo has.</summary>
[Alias("orleans.manifest")]
internal interface IManifestGrain : ISystemGrain
{
    [AlwaysInterleave]
    [ResponseTimeout("00:00:05")]
    ValueTask<ImmutableArray<ManifestEntry>> GetAsync();
}
