using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>anyOf</c>.</summary>
internal sealed class AnyOfKeyword(KeywordPlace place, SchemaNode[] branches) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => branches;

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schemas("anyOf") is { } branches ? new AnyOfKeyword(schema.Place("anyOf"), branches) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        var failures = IsQuiet(evaluation) ? null : new BranchFailures();
        var isValid = false;
        foreach (var branch in branches)
        {
            if (!BranchFailures.Evaluate(branch, instance, evaluation, seen, failures))
                continue;
            isValid = true;
            // Where somebody asks what was evaluated, every branch that fits has a say.
            if (seen is null)
                break;
        }
        return isValid || (failures is not null && failures.Report(Place, instance, evaluation));
    }
}
