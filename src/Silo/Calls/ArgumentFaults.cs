using System.Reflection;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>
/// Finds the argument that made a call fail before its tool's first line. Asked only after a failure, so a good call
/// pays nothing.
/// </summary>
internal static class ArgumentFaults
{
    /// <summary>One sentence that names the argument and what it must be, or null where the arguments are not at fault.</summary>
    public static string? Find(MethodInfo? method, Tool tool, IDictionary<string, JsonElement>? arguments)
    {
        if (method is null || !tool.InputSchema.TryGetProperty("properties", out var properties))
        {
            return null;
        }

        foreach (var parameter in method.GetParameters())
        {
            if (!properties.TryGetProperty(parameter.Name!, out var schema))
            {
                continue;
            }

            if (arguments?.TryGetValue(parameter.Name!, out var value) is not true)
            {
                if (!parameter.HasDefaultValue)
                {
                    return $"Argument '{parameter.Name}' is required.";
                }
            }
            else if (FaultAt(value, parameter.ParameterType) is { } path)
            {
                return $"Argument '{parameter.Name}{path}' must be {Expected(schema, path)}; got {Kind(value, path)}.";
            }
        }

        return null;
    }

    /// <summary>Where inside the value the fault is, "" for the value itself, or null for none.</summary>
    private static string? FaultAt(JsonElement value, Type type)
    {
        try
        {
            var read = value.Deserialize(type, McpJsonUtilities.DefaultOptions);
            return read is null && type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "" : null;
        }
        catch (JsonException exception)
        {
            return exception.Path?.TrimStart('$') ?? "";
        }
        catch (Exception exception) when (exception is NotSupportedException or FormatException or ArgumentException)
        {
            return "";
        }
    }

    private static string Expected(JsonElement schema, string path)
    {
        if (path.Length > 0)
        {
            return "what the tool's input schema says";
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            return "one of " + string.Join(", ", values.EnumerateArray().Select(v => v.GetRawText()));
        }

        if (!schema.TryGetProperty("type", out var type))
        {
            return "what the tool's input schema says";
        }

        return type.ValueKind is JsonValueKind.Array
            ? "of type " + string.Join(" or ", type.EnumerateArray().Select(t => t.GetString()))
            : "of type " + type.GetString();
    }

    private static string Kind(JsonElement value, string path) => path.Length > 0 ? "something else" : value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
