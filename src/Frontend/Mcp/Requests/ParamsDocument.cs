using System.Text.Json;
using Actors.Frontend.Mcp.Errors;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>Opens <c>params</c> as a document, for the methods that need more than the envelope.</summary>
internal static class ParamsDocument
{
    // A member that appears twice could mean one thing to a header check and another to the tool.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    public static JsonDocument Open(McpRequest request) => Open(request.Params);

    /// <param name="parameters">UTF-8 JSON of <c>params</c>.</param>
    public static JsonDocument Open(byte[] parameters)
    {
        try
        {
            return JsonDocument.Parse(parameters, Strict);
        }
        catch (JsonException e)
        {
            throw new RefusedException(Refusal.InvalidParams, "params is ambiguous: " + e.Message);
        }
    }

    /// <summary>A member that must be a string where it is there.</summary>
    public static string? OptionalString(JsonElement parameters, string member)
    {
        if (!parameters.TryGetProperty(member, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new RefusedException(Refusal.InvalidParams, $"params.{member} must be a string.");
    }

    /// <summary>A member that must be an object where it is there.</summary>
    public static JsonElement? OptionalObject(JsonElement parameters, string member)
    {
        if (!parameters.TryGetProperty(member, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Object
            ? value
            : throw new RefusedException(Refusal.InvalidParams, $"params.{member} must be an object.");
    }
}
