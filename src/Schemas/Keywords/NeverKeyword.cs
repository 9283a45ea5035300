using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary>The schema <c>false</c>.</summary>
internal sealed class NeverKeyword(KeywordPlace place) : Keyword(place)
{
    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen) =>
        !IsQuiet(evaluation) && evaluation.Fail(Place, $"is not allowed here; found {Found.Describe(instance)}.");
}
