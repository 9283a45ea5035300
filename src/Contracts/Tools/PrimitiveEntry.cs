using System.Collections.Immutable;
using Orleans;

namespace Actors.Tools;

/// <summary>One prompt, resource or resource template of the catalogue.</summary>
/// <param name="Name">The prompt's name, the resource's URI or the template's URI template.</param>
/// <param name="Definition">UTF-8 JSON of the protocol's Prompt, Resource or ResourceTemplate.</param>
[GenerateSerializer, Immutable, Alias("actors.primitive-entry")]
public sealed record PrimitiveEntry([property: Id(0)] string Name, [property: Id(1)] byte[] Definition)
{
    /// <summary>Indexes into <see cref="Catalogue.Silos"/> of those that have it.</summary>
    [Id(2)] public ImmutableArray<int> Silos { get; init; } = [];
}
