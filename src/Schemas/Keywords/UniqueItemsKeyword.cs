using System.Runtime.InteropServices;
using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>uniqueItems</c>.</summary>
internal sealed class UniqueItemsKeyword(KeywordPlace place) : Keyword(place)
{
    public static Keyword? Read(SchemaReader schema) => schema.Find("uniqueItems") switch
    {
        { ValueKind: JsonValueKind.True } => new UniqueItemsKeyword(schema.Place("uniqueItems")),
        null or { ValueKind: JsonValueKind.False } => null,
        _ => throw schema.Fault("uniqueItems", "must be a boolean."),
    };

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array || instance.GetArrayLength() < 2)
            return true;
        var first = new Dictionary<JsonElement, int>(new JsonEquality(evaluation));
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            evaluation.StepBytes(JsonMarshal.GetRawUtf8Value(item).Length);
            if (!first.TryAdd(item, index))
                return !IsQuiet(evaluation) && evaluation.Fail(Place, $"must hold no item twice; the items {first[item]} and {index} are equal: {Found.Describe(item)}.");
            index++;
        }
        return true;
    }
}
