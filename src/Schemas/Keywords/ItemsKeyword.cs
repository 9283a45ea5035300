using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary>
/// <c>prefixItems</c> and <c>items</c>; in older drafts an array <c>items</c> and <c>additionalItems</c>, which are taken
/// whatever the schema calls itself.
/// </summary>
internal sealed class ItemsKeyword(KeywordPlace place, SchemaNode[] prefix, SchemaNode? rest) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => rest is null ? prefix : [.. prefix, rest];

    public static Keyword? Read(SchemaReader schema)
    {
        var isLegacy = schema.Find("items") is { ValueKind: JsonValueKind.Array } && !schema.Has("prefixItems");
        var prefix = schema.Schemas(isLegacy ? "items" : "prefixItems") ?? [];
        var rest = isLegacy ? "additionalItems" : "items";
        var others = schema.Schema(rest);
        return prefix.Length == 0 && others is null ? null : new ItemsKeyword(schema.Place(rest), prefix, others);
    }

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Array)
            return true;
        var isValid = true;
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            var schema = index < prefix.Length ? prefix[index] : rest;
            if (schema is null)
                break;
            evaluation.Step();
            if (!Evaluate(schema, item, index, evaluation))
            {
                isValid = false;
                if (evaluation.IsDecided)
                    return false;
            }
            seen?.Add(index);
            index++;
        }
        return isValid;
    }

    private bool Evaluate(SchemaNode schema, JsonElement item, int index, SchemaEvaluation evaluation)
    {
        if (!ReferenceEquals(schema, rest) || !rest.IsNever || IsQuiet(evaluation))
            return evaluation.EvaluateItem(schema, item, index);
        return evaluation.Fail(Place, $"must have at most {Found.Count(prefix.Length, "item", "items")}; found one more, {Found.Describe(item)}.");
    }
}
