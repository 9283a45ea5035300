using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>dependentRequired</c>, and the arrays of draft-07's <c>dependencies</c>.</summary>
internal sealed class DependentRequiredKeyword(KeywordPlace place, KeyValuePair<string, string[]>[] dependencies) : Keyword(place)
{
    public static Keyword? Read(SchemaReader schema, string name)
    {
        if (schema.Find(name, JsonValueKind.Object, "an object") is not { } value)
            return null;
        var isLegacy = name == "dependencies";
        var found = value.EnumerateObject()
            .Where(member => !isLegacy || member.Value.ValueKind == JsonValueKind.Array)
            .Select(member => KeyValuePair.Create(member.Name, schema.Texts(name, member.Value)))
            .ToArray();
        return found.Length == 0 ? null : new DependentRequiredKeyword(schema.Place(name), found);
    }

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        var isValid = true;
        var cost = 1 + (instance.GetPropertyCount() >> 3);
        foreach (var (member, needed) in dependencies)
        {
            evaluation.Step(cost);
            if (!instance.TryGetProperty(member, out _))
                continue;
            foreach (var name in needed)
            {
                evaluation.Step(cost);
                if (instance.TryGetProperty(name, out _))
                    continue;
                isValid = false;
                if (!IsQuiet(evaluation))
                    evaluation.Fail(Place, $"lacks the property '{Found.Cut(name, 80)}', which is required where '{Found.Cut(member, 80)}' is there.");
                if (evaluation.IsDecided)
                    return false;
            }
        }
        return isValid;
    }
}
