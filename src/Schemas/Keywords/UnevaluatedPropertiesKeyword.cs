using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>unevaluatedProperties</c>.</summary>
internal sealed class UnevaluatedPropertiesKeyword(KeywordPlace place, SchemaNode schema) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => [schema];

    public override bool NeedsEvaluated => true;

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schema("unevaluatedProperties") is { } inner
            ? new UnevaluatedPropertiesKeyword(schema.Place("unevaluatedProperties"), inner)
            : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        var isValid = true;
        var position = 0;
        foreach (var member in instance.EnumerateObject())
        {
            evaluation.Step();
            if (!seen!.Holds(position++) && !Evaluate(member, evaluation))
            {
                isValid = false;
                if (evaluation.IsDecided)
                    return false;
            }
        }
        seen!.AddAll();
        return isValid;
    }

    private bool Evaluate(JsonProperty member, SchemaEvaluation evaluation)
    {
        if (!schema.IsNever || IsQuiet(evaluation))
            return evaluation.EvaluateMember(schema, member);
        return evaluation.FailMember(Place, member.Name, $"is unknown: no part of the schema allows a property '{Found.Cut(member.Name, 80)}' here.");
    }
}
