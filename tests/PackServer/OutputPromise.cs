using System.Text.Json;

namespace Actors.PackServer;

/// <summary>What clients hold a tool to: that the members its output schema calls required are there, and have the types it names.</summary>
internal static class OutputPromise
{
    public static void Check(JsonElement schema, JsonElement value, string at = "$")
    {
        if (schema.ValueKind is not JsonValueKind.Object)
            return;
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => name == TypeOf(value) || (name == "number" && TypeOf(value) == "integer")))
            throw new InvalidOperationException($"{at} is {TypeOf(value)}, the schema says {type}.");
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!))
            {
                if (!value.TryGetProperty(name, out _))
                    throw new InvalidOperationException($"{at}.{name} is missing, and the schema says it is always there.");
            }
        }
        if (value.ValueKind is JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(property => value.TryGetProperty(property.Name, out _)))
                Check(property.Value, value.GetProperty(property.Name), $"{at}.{property.Name}");
        }
        if (value.ValueKind is JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray())
                Check(items, item, $"{at}[]");
        }
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
