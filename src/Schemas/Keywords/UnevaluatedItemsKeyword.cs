using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>unevaluatedItems</c>.</summary>
internal sealed class UnevaluatedItemsKeyword(KeywordPlace place, SchemaNode schema) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => [schema];

    public override bool NeedsEvaluated => true;

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schema("unevaluatedItems") is { } inner ? new UnevaluatedItemsKeyword(schema.Place("unevaluatedItems"), inner) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array)
            return true;
        var isValid = true;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            evaluation.Step();
            if (!seen!.Holds(index) && !evaluation.EvaluateItem(schema, item, index))
            {
                isValid = false;
                if (evaluation.IsDecided)
                    return false;
            }
            index++;
        }
        seen!.AddAll();
        return isValid;
    }
}
