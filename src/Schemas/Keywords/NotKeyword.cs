using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>not</c>.</summary>
internal sealed class NotKeyword(KeywordPlace place, SchemaNode schema) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => [schema];

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schema("not") is { } inner ? new NotKeyword(schema.Place("not"), inner) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen) =>
        !evaluation.EvaluateQuietly(schema, instance, null)
        || (!IsQuiet(evaluation) && evaluation.Fail(Place, $"must not fit the schema at {Place.Location}; found {Found.Describe(instance)}."));
}
