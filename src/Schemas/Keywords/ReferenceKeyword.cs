using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>$ref</c>.</summary>
internal sealed class ReferenceKeyword(KeywordPlace place, SchemaNode target) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => [target];

    public static Keyword? Read(SchemaReader schema, string name) =>
        schema.Text(name) is null ? null : new ReferenceKeyword(schema.Place(name), schema.Reference(name));

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen) =>
        target.Evaluate(instance, evaluation, seen);
}
