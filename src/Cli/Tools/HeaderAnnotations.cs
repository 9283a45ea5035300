using System.Buffers;
using System.Text.Json;

namespace Actors.Cli.Tools;

/// <summary>Reads <c>x-mcp-header</c> from a tool's input schema, by the rules of 2026-07-28, Streamable HTTP, Schema Extension.</summary>
internal static class HeaderAnnotations
{
    private const string Annotation = "x-mcp-header";

    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <param name="schema">The schema, or nothing.</param>
    /// <param name="fault">Why the tool must not be used, in words; null: all is well.</param>
    public static IReadOnlyList<HeaderParameter> Read(JsonElement schema, out string? fault)
    {
        var found = new List<HeaderParameter>();
        fault = ReadProperties(schema, [], found);
        return found;
    }

    private static string? ReadProperties(JsonElement schema, IReadOnlyList<string> path, List<HeaderParameter> found)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in schema.EnumerateObject())
        {
            string? fault = null;
            if (member.NameEquals("properties") && member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in member.Value.EnumerateObject())
                    fault ??= ReadProperty(property.Value, [.. path, property.Name], found);
            }
            else if (!IsData(member.Name) && Contains(member.Value))
                fault = $"{Annotation} stands under {member.Name}, where no header can be read from";
            if (fault is not null)
                return fault;
        }
        return null;
    }

    private static string? ReadProperty(JsonElement property, IReadOnlyList<string> path, List<HeaderParameter> found)
    {
        if (property.ValueKind != JsonValueKind.Object)
            return null;
        if (property.TryGetProperty(Annotation, out var annotation))
        {
            var at = string.Join('.', path);
            var name = annotation.ValueKind == JsonValueKind.String ? annotation.GetString()! : "";
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
                return $"{Annotation} of {at} is no name of a header";
            if (!IsPrimitive(property))
                return $"{Annotation} of {at} needs the type string, integer or boolean";
            var header = "Mcp-Param-" + name;
            if (found.Exists(other => string.Equals(other.Header, header, StringComparison.OrdinalIgnoreCase)))
                return $"two parameters have the {Annotation} {name}";
            found.Add(new HeaderParameter(header, path));
        }
        return ReadProperties(property, path, found);
    }

    private static bool IsPrimitive(JsonElement property) =>
        property.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "string" or "integer" or "boolean";

    // An instance, not a schema: whatever is in it annotates nothing. The annotation itself was read already.
    private static bool IsData(string keyword) => keyword is "default" or "const" or "enum" or "examples" or Annotation;

    private static bool Contains(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => member.NameEquals(Annotation) || (!IsData(member.Name) && Contains(member.Value))),
        JsonValueKind.Array => value.EnumerateArray().Any(Contains),
        _ => false,
    };
}
