using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Compilation;

/// <summary>A schema resource while its schema is compiled: its base URI, its dialect and its names.</summary>
internal sealed class IndexedResource(Uri baseUri, Dialect dialect)
{
    public Uri BaseUri { get; } = baseUri;

    public Dialect Dialect { get; } = dialect;

    public SchemaSite Root { get; set; } = null!;

    /// <summary>By <c>$anchor</c> and <c>$dynamicAnchor</c>.</summary>
    public Dictionary<string, SchemaSite> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SchemaSite> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    public SchemaResource Compiled { get; } = new();
}
