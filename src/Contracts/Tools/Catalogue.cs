using System.Collections.Immutable;
using Orleans;

namespace Actors.Tools;

/// <summary>Everything the loaded tool packs offer, in a stable order (by name, or URI).</summary>
[GenerateSerializer, Immutable, Alias("actors.catalogue-content")]
public sealed record Catalogue
{
    /// <summary>Changes whenever anything in it changes.</summary>
    [Id(0)] public required string Version { get; init; }

    [Id(1)] public ImmutableArray<ToolEntry> Tools { get; init; } = [];

    [Id(2)] public ImmutableArray<PrimitiveEntry> Prompts { get; init; } = [];

    [Id(3)] public ImmutableArray<PrimitiveEntry> Resources { get; init; } = [];

    [Id(4)] public ImmutableArray<PrimitiveEntry> ResourceTemplates { get; init; } = [];

    /// <summary>The silos that take work now; the entries name them by their index.</summary>
    [Id(5)] public ImmutableArray<CatalogueSilo> Silos { get; init; } = [];

    /// <summary>Changes whenever anything does, silos included, where <see cref="Version"/> is about what clients see.</summary>
    [Id(6)] public string Revision { get; init; } = "";
}
