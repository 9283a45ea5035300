using System.Collections.Immutable;
using Orleans.Activations;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Client;

[StatelessWorker(1)]
[Reentrant]
[GrainType(Name)]
internal sealed class ManifestGrain(GrainClasses classes) : Grain, IManifestGrain
{
    private const string Name = "orleans.manifest";

    public static GrainType Type { get; } = GrainType.Create(Name);

    public ValueTask<ImmutableArray<ManifestEntry>> GetAsync() => new(classes.Manifest);
}
