using Orleans;
using Orleans.Runtime;

namespace Actors.Tools;

/// <summary>A silo that takes work: its lease is alive, and it does not drain.</summary>
[GenerateSerializer, Immutable, Alias("actors.catalogue-silo")]
public sealed record CatalogueSilo([property: Id(0)] SiloAddress Address, [property: Id(1)] string Name);
