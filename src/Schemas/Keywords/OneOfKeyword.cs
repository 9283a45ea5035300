using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>oneOf</c>.</summary>
internal sealed class OneOfKeyword(KeywordPlace place, SchemaNode[] branches) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => branches;

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schemas("oneOf") is { } branches ? new OneOfKeyword(schema.Place("oneOf"), branches) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        var failures = IsQuiet(evaluation) ? null : new BranchFailures();
        var first = -1;
        for (var i = 0; i < branches.Length; i++)
        {
            if (!BranchFailures.Evaluate(branches[i], instance, evaluation, seen, failures))
                continue;
            if (first >= 0)
                return failures is not null && evaluation.Fail(
                    Place, $"must fit exactly one of {branches.Length} alternatives; it fits number {first + 1} and number {i + 1}.");
            first = i;
        }
        return first >= 0 || (failures is not null && failures.Report(Place, instance, evaluation));
    }
}
