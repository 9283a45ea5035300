using System.Text;
using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>required</c>.</summary>
internal sealed class RequiredKeyword(KeywordPlace place, string[] names) : Keyword(place)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public static Keyword? Read(SchemaReader schema) =>
        schema.Texts("required") is { Length: > 0 } names ? new RequiredKeyword(schema.Place("required"), names) : null;

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        // A lookup goes through the members one by one.
        evaluation.Step(Math.Min(names.Length * (1 + (instance.GetPropertyCount() >> 3)), int.MaxValue / 2));
        var isValid = true;
        for (var i = 0; i < names.Length && (isValid || !evaluation.IsDecided); i++)
        {
            if (instance.TryGetProperty(_utf8[i], out _))
                continue;
            isValid = false;
            if (!IsQuiet(evaluation))
                evaluation.Fail(Place, $"lacks the required property '{Found.Cut(names[i], 80)}'.");
        }
        return isValid;
    }
}
