namespace Actors.Schemas.Evaluation;

/// <summary>The schema resources that the evaluation has come through, the innermost first.</summary>
internal sealed record DynamicScope(SchemaResource Resource, DynamicScope? Outer)
{
    /// <summary>The outermost resource's subschema with this dynamic anchor; null: none has one.</summary>
    public SchemaNode? Outermost(string anchor)
    {
        SchemaNode? found = null;
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Resource.DynamicAnchors.TryGetValue(anchor, out var node))
                found = node;
        }
        return found;
    }
}
