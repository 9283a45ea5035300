using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>allOf</c>.</summary>
internal sealed class AllOfKeyword(KeywordPlace place, SchemaNode[] branches) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => branches;

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schemas("allOf") is { } branches ? new AllOfKeyword(schema.Place("allOf"), branches) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        var isValid = true;
        foreach (var branch in branches)
        {
            if (branch.Evaluate(instance, evaluation, seen))
                continue;
            isValid = false;
            if (evaluation.IsDecided)
                return false;
        }
        return isValid;
    }
}
