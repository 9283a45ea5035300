using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionKeyword(KeywordPlace place, SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schema("if") is { } condition
            ? new ConditionKeyword(schema.Place("if"), condition, schema.Schema("then"), schema.Schema("else"))
            : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        var own = seen is null ? null : EvaluatedSet.For(instance);
        if (!evaluation.EvaluateQuietly(condition, instance, own))
            return otherwise is null || otherwise.Evaluate(instance, evaluation, seen);
        if (own is not null)
            seen!.Add(own);
        return then is null || then.Evaluate(instance, evaluation, seen);
    }
}
