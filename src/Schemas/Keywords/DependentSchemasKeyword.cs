using System.Text.Json;
using Actors.Schemas.Compilation;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary><c>dependentSchemas</c>, and the schemas of draft-07's <c>dependencies</c>.</summary>
internal sealed class DependentSchemasKeyword(KeywordPlace place, KeyValuePair<string, SchemaNode>[] dependencies) : Keyword(place)
{
    public override IEnumerable<SchemaNode> Subschemas => dependencies.Select(dependency => dependency.Value);

    public static Keyword? Read(SchemaReader schema, string name)
    {
        if (schema.Find(name, JsonValueKind.Object, "an object") is not { } value)
            return null;
        var isLegacy = name == "dependencies";
        var found = value.EnumerateObject()
            .Where(member => !isLegacy || member.Value.ValueKind != JsonValueKind.Array)
            .Select(member => KeyValuePair.Create(member.Name, schema.Member(name, member)))
            .ToArray();
        return found.Length == 0 ? null : new DependentSchemasKeyword(schema.Place(name), found);
    }

    public override bool Evaluate(JsonElement instance, SchemaEvaluation evaluation, EvaluatedSet? seen)
    {
        if (instance.ValueKind != JsonValueKind.Object)
            return true;
        var isValid = true;
        var cost = 1 + (instance.GetPropertyCount() >> 3);
        foreach (var (member, schema) in dependencies)
        {
            evaluation.Step(cost);
            if (!instance.TryGetProperty(member, out _) || schema.Evaluate(instance, evaluation, seen))
                continue;
            isValid = false;
            if (evaluation.IsDecided)
                return false;
        }
        return isValid;
    }
}
