using System.Runtime.InteropServices;
using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>enum</c>, and <c>const</c>, which is one with a single value.</summary>
internal sealed class ValueKeyword(KeywordPlace place, JsonElement[] values) : Keyword(place)
{
    private const int ShownLength = 200;

    public static Keyword? Read(SchemaReader schema, string name)
    {
        if (schema.Find(name) is not { } value)
            return null;
        if (name == "const")
            return new ValueKeyword(schema.Place(name), [value]);
        return value.ValueKind == JsonValueKind.Array
            ? new ValueKeyword(schema.Place(name), [.. value.EnumerateArray()])
            : throw schema.Fault(name, "must be an array.");
    }

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        foreach (var value in values)
        {
            evaluation.Step();
            if (value.ValueKind == instance.ValueKind && IsEqual(value, instance, evaluation))
                return true;
        }
        return !IsQuiet(evaluation) && evaluation.Fail(Place, $"must be {Expected()}; found {Found.Describe(instance)}.");
    }

    private static bool IsEqual(JsonElement value, JsonElement instance, SchemaEvaluation evaluation)
    {
        var one = JsonMarshal.GetRawUtf8Value(value);
        var other = JsonMarshal.GetRawUtf8Value(instance);
        evaluation.StepBytes(Math.Min(one.Length, other.Length));
        if (one.SequenceEqual(other))
            return true;
        return value.ValueKind switch
        {
            JsonValueKind.Number => JsonNumber.AreEqual(value, instance, evaluation.Limits.MaxNumberDigits),
            // Strings without escapes are equal byte by byte, or not at all.
            JsonValueKind.String when !one.Contains((byte)'\\') && !other.Contains((byte)'\\') => false,
            _ => JsonElement.DeepEquals(value, instance),
        };
    }

    private string Expected() => values switch
    {
        [] => "a value where none is allowed",
        [var only] => Found.Cut(only.GetRawText(), ShownLength),
        _ => "one of " + Found.Cut(string.Join(", ", values.Select(value => value.GetRawText())), ShownLength),
    };
}
