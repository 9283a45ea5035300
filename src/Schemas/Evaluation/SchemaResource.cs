namespace Actors.Schemas.Evaluation;

/// <summary>A schema with an identity of its own: a document, or a part of one that has an <c>$id</c>.</summary>
internal sealed class SchemaResource
{
    /// <summary>The subschemas with a <c>$dynamicAnchor</c> that some <c>$dynamicRef</c> may be about.</summary>
    public Dictionary<string, SchemaNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}
