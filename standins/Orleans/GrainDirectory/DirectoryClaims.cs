using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.GrainDirectory;

/// <summary>A silo's activations for a new keeper of their entries; none, and a count, when it must ask in more parts.</summary>
[GenerateSerializer]
[Alias("orleans.directory.claims")]
[Immutable]
internal sealed record DirectoryClaims(
    [property: Id(0)] SiloAddress Silo, [property: Id(1)] int PartCount, [property: Id(2)] ImmutableArray<GrainId> Grains,
    [property: Id(3)] ImmutableArray<ActivationId> Activations);
