using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>$dynamicRef</c>: where its first target is a dynamic anchor, the outermost resource on the way here that has one of that name decides.</summary>
internal sealed class DynamicReferenceKeyword(KeywordPlace place, SchemaNode target, string? anchor) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => [target];

    public static Keyword? Read(SchemaReader schema)
    {
        if (schema.Text("$dynamicRef") is null)
            return null;
        var (node, anchor) = schema.DynamicReference("$dynamicRef");
        return new DynamicReferenceKeyword(schema.Place("$dynamicRef"), node, anchor);
    }

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen) =>
        ((anchor is null ? null : evaluation.Scope?.Outermost(anchor)) ?? target).Evaluate(instance, evaluation, seen);
}
