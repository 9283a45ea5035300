using System.Runtime.InteropServices;
using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary>Equality of JSON values, with the work paid for.</summary>
internal sealed class JsonEquality(SchemaEvaluation evaluation) : IEqualityComparer<JsonElement>
{
    public bool Equals(JsonElement x, JsonElement y)
    {
        if (x.ValueKind != y.ValueKind)
            return false;
        evaluation.StepBytes(Math.Min(JsonMarshal.GetRawUtf8Value(x).Length, JsonMarshal.GetRawUtf8Value(y).Length));
        return x.ValueKind == JsonValueKind.Number
            ? JsonNumber.AreEqual(x, y, evaluation.Limits.MaxNumberDigits)
            : JsonElement.DeepEquals(x, y);
    }

    public int GetHashCode(JsonElement value)
    {
        var hash = new HashCode();
        Add(value, ref hash);
        return hash.ToHashCode();
    }

    /// <summary>Whatever equal values have in common: not the order of an object's members, nor the way a number is written.</summary>
    private static void Add(JsonElement value, ref HashCode hash)
    {
        hash.Add(value.ValueKind);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                hash.Add(value.GetString(), StringComparer.Ordinal);
                break;
            case JsonValueKind.Number:
                hash.Add(value.GetDouble() + 0.0);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Add(item, ref hash);
                break;
            case JsonValueKind.Object:
                hash.Add(Members(value));
                break;
        }
    }

    private static int Members(JsonElement value)
    {
        var sum = 0;
        foreach (var member in value.EnumerateObject())
        {
            var hash = new HashCode();
            hash.Add(member.Name, StringComparer.Ordinal);
            Add(member.Value, ref hash);
            sum = unchecked(sum + hash.ToHashCode());
        }
        return sum;
    }
}
