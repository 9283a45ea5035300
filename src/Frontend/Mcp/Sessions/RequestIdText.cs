using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// The JSON-RPC id of a request, or a progress token, where it is a part of an event's id. A client could make one up, and it goes into messages
/// as JSON: only to itself, and only what an id may be.
/// </summary>
internal static class RequestIdText
{
    public static bool IsOne(string? json)
    {
        // White space around it would be white space within an event, and half a surrogate pair is no text.
        if (json is null || json.AsSpan().Trim().Length < json.Length || SurrogateEscapes.HasHalf(Encoding.UTF8.GetBytes(json)))
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
