using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Compilation;

/// <summary>Where schemas stand inside a schema. Anything else, an <c>enum</c> say, only looks like one.</summary>
internal static class Subschemas
{
    /// <summary>A keyword's subschemas, each with its JSON pointer from the schema that has the keyword.</summary>
    public static IEnumerable<(string Pointer, JsonElement Schema)> Of(JsonProperty keyword)
    {
        var pointer = "/" + InstancePath.Escape(keyword.Name);
        return keyword.Name switch
        {
            "additionalProperties" or "additionalItems" or "propertyNames" or "contains" or "not" or "if" or "then" or "else"
                or "unevaluatedItems" or "unevaluatedProperties" or "contentSchema" => [(pointer, keyword.Value)],
            "items" when keyword.Value.ValueKind != JsonValueKind.Array => [(pointer, keyword.Value)],
            "items" or "allOf" or "anyOf" or "oneOf" or "prefixItems" => InArray(pointer, keyword.Value),
            "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" or "dependencies" =>
                InObject(pointer, keyword.Value),
            _ => [],
        };
    }

    private static IEnumerable<(string Pointer, JsonElement Schema)> InArray(string pointer, JsonElement schemas)
    {
        var index = 0;
        if (schemas.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var schema in schemas.EnumerateArray())
            yield return ($"{pointer}/{index++}", schema);
    }

    private static IEnumerable<(string Pointer, JsonElement Schema)> InObject(string pointer, JsonElement schemas)
    {
        if (schemas.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var member in schemas.EnumerateObject())
            yield return ($"{pointer}/{InstancePath.Escape(member.Name)}", member.Value);
    }
}
