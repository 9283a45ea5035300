using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>type</c>.</summary>
internal sealed class TypeKeyword(KeywordPlace place, JsonTypes types) : Keyword(place)
{
    public JsonTypes Types => types;

    public static Keyword? Read(SchemaReader schema)
    {
        if (schema.Find("type") is not { } value)
            return null;
        var names = value.ValueKind == JsonValueKind.String ? [value.GetString()!] : schema.Texts("type", value);
        var types = JsonTypes.None;
        foreach (var name in names)
            types |= JsonTypeNames.Parse(name) ?? throw schema.Fault("type", $"knows no '{Found.Cut(name, 40)}'.");
        return new TypeKeyword(schema.Place("type"), types);
    }

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        var isValid = instance.ValueKind switch
        {
            JsonValueKind.Object => types.HasFlag(JsonTypes.Object),
            JsonValueKind.Array => types.HasFlag(JsonTypes.Array),
            JsonValueKind.String => types.HasFlag(JsonTypes.String),
            JsonValueKind.Number => types.HasFlag(JsonTypes.Number)
                || (types.HasFlag(JsonTypes.Integer) && JsonNumber.IsIntegral(instance, evaluation.Limits.MaxNumberDigits)),
            JsonValueKind.Null => types.HasFlag(JsonTypes.Null),
            _ => types.HasFlag(JsonTypes.Boolean),
        };
        if (isValid || IsQuiet(evaluation))
            return isValid;
        return evaluation.Fail(Place, $"must be {JsonTypeNames.Describe(types)}; found {Found.Describe(instance)}.");
    }
}
