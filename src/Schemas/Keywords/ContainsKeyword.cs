using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>.</summary>
internal sealed class ContainsKeyword(KeywordPlace place, SchemaReader reader, SchemaNode schema) : Keyword(place)
{
    private readonly int _least = reader.Dialect.HasValidation ? reader.Count("minContains") ?? 1 : 1;
    private readonly int _most = reader.Dialect.HasValidation ? reader.Count("maxContains") ?? int.MaxValue : int.MaxValue;
    private readonly KeywordPlace _leastPlace = reader.Has("minContains") ? reader.Place("minContains") : place;
    private readonly KeywordPlace _mostPlace = reader.Place("maxContains");

    public override IEnumerable<SchemaNode> Subschemas => [schema];

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schema("contains") is { } inner ? new ContainsKeyword(schema.Place("contains"), schema, inner) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array)
            return true;
        var count = 0;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            evaluation.Step();
            if (evaluation.EvaluateQuietly(schema, item, null))
            {
                count++;
                seen?.Add(index);
            }
            index++;
        }
        if (count < _least)
            return !IsQuiet(evaluation) && evaluation.Fail(_leastPlace, $"must contain at least {Found.Count(_least, "item that fits", "items that fit")} the schema of contains; found {count}.");
        return count <= _most
            || (!IsQuiet(evaluation) && evaluation.Fail(_mostPlace, $"must contain at most {Found.Count(_most, "item that fits", "items that fit")} the schema of contains; found {count}."));
    }
}
