using System.Collections.Immutable;
using System.Text.Json;
using Actors.Tools;

namespace Actors.Silo.Packs;

/// <summary>Finds the parameters marked <c>x-mcp-header</c> in an input schema, nested objects included.</summary>
internal static class HeaderParameters
{
    // Deeper than any schema a person writes; a schema generated from a recursive type ends here.
    private const int MaxDepth = 16;

    public static ImmutableArray<HeaderParameter> Of(JsonElement inputSchema)
    {
        var found = ImmutableArray.CreateBuilder<HeaderParameter>();
        Visit(inputSchema, [], found);
        return found.ToImmutable();
    }

    private static void Visit(
        JsonElement schema, ImmutableArray<string> path, ImmutableArray<HeaderParameter>.Builder found)
    {
        if (path.Length > MaxDepth || schema.ValueKind is not JsonValueKind.Object ||
            !schema.TryGetProperty("properties", out var properties) || properties.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            var at = path.Add(property.Name);
            if (property.Value.ValueKind is JsonValueKind.Object &&
                property.Value.TryGetProperty("x-mcp-header", out var header) && header.GetString() is { } name)
            {
                found.Add(new HeaderParameter(name, at, TypeOf(property.Value)));
            }

            Visit(property.Value, at, found);
        }
    }

    // An optional parameter lists "null" beside its type, and a number may list "string", which it can be read from.
    private static string TypeOf(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return "string";
        }

        return type.ValueKind is JsonValueKind.Array
            ? type.EnumerateArray().Select(t => t.GetString()!).FirstOrDefault(t => t is not ("null" or "string")) ?? "string"
            : type.GetString()!;
    }
}
