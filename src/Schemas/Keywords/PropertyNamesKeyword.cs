using System.Runtime.InteropServices;
using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>propertyNames</c>.</summary>
internal sealed class PropertyNamesKeyword(KeywordPlace place, SchemaNode schema) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => [schema];

    public static Keyword? Read(SchemaReader schema) =>
        schema.Schema("propertyNames") is { } names ? new PropertyNamesKeyword(schema.Place("propertyNames"), names) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        var isValid = true;
        foreach (var member in instance.EnumerateObject())
        {
            evaluation.Step();
            var name = AsValue(member);
            if (IsQuiet(evaluation) ? schema.Evaluate(name, evaluation, null) : EvaluateName(name, member.Name, evaluation))
                continue;
            isValid = false;
            if (evaluation.IsDecided)
                return false;
        }
        return isValid;
    }

    private bool EvaluateName(JsonElement value, string name, SchemaEvaluation evaluation)
    {
        if (evaluation.EvaluateBranch(schema, value, null, out var errors))
            return true;
        var reason = errors.Count > 0 ? errors[0].Keyword : "its schema";
        return evaluation.FailMember(Place, name, $"has a name that is not allowed here ({reason}): '{Found.Cut(name, 80)}'.");
    }

    private static JsonElement AsValue(JsonProperty member)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(member);
        var quoted = new byte[name.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        name.CopyTo(quoted.AsSpan(1));
        return JsonElement.Parse(quoted);
    }
}
