using System.Text.Json;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// The JSON-RPC id of a request, or a progress token, where it is a part of an event's id. A client could make one up, and it goes into messages
/// as JSON: only to itself, and only what an id may be.
/// </summary>
internal static class RequestIdText
{
    public static bool IsOne(string? json)
    {
        if (json is null)
            return false;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.String
                || (document.RootElement.ValueKind == JsonValueKind.Number && document.RootElement.TryGetInt64(out _));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
