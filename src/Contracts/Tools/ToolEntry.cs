using System.Collections.Immutable;
using Orleans;

namespace Actors.Tools;

/// <summary>One tool of the catalogue.</summary>
[GenerateSerializer, Immutable, Alias("actors.tool-entry")]
public sealed record ToolEntry
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>UTF-8 JSON of the protocol's Tool, schemas untouched.</summary>
    [Id(1)] public required byte[] Definition { get; init; }

    /// <summary>Null for a short tool, which runs inline.</summary>
    [Id(2)] public JobTerms? Job { get; init; }

    /// <summary>The parameters that a client must mirror into <c>Mcp-Param-*</c> headers (<c>x-mcp-header</c>).</summary>
    [Id(3)] public ImmutableArray<HeaderParameter> HeaderParameters { get; init; } = [];

    /// <summary>Indexes into <see cref="Catalogue.Silos"/> of those that have it.</summary>
    [Id(4)] public ImmutableArray<int> Silos { get; init; } = [];
}
