using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.AdoNet;

/// <summary>Takes type names and reference ids out of JSON that Newtonsoft.Json wrote, and puts copies where it refers to an id.</summary>
internal static class NewtonsoftMetadata
{
    public static JsonNode? Resolve(JsonNode? root)
    {
        Dictionary<string, JsonNode?> known = [];
        return Resolve(root, known);
    }

    private static JsonNode? Resolve(JsonNode? node, Dictionary<string, JsonNode?> known) => node switch
    {
        JsonObject map => ResolveObject(map, known),
        JsonArray list => new JsonArray([.. list.Select(item => Resolve(item, known))]),
        _ => node?.DeepClone()
    };

    private static JsonNode? ResolveObject(JsonObject map, Dictionary<string, JsonNode?> known)
    {
        if (map.TryGetPropertyValue("$ref", out var reference))
            return known.TryGetValue(reference!.GetValue<string>(), out var target) && target is not null
                ? target.DeepClone()
                : throw new JsonException("A state that refers to itself cannot be read by the Orleans stand-in.");

        // A collection or a value with a type name is wrapped.
        if (map.TryGetPropertyValue("$values", out var values)) return Remember(map, Resolve(values, known), known);
        if (map.TryGetPropertyValue("$value", out var value)) return value?.DeepClone();

        return Remember(
            map,
            new JsonObject(map.Where(pair => pair.Key is not ("$id" or "$type")).Select(pair => KeyValuePair.Create(pair.Key, Resolve(pair.Value, known)))),
            known);
    }

    private static JsonNode? Remember(JsonObject map, JsonNode? resolved, Dictionary<string, JsonNode?> known)
    {
        if (map.TryGetPropertyValue("$id", out var id)) known[id!.GetValue<string>()] = resolved;
        return resolved;
    }
}
