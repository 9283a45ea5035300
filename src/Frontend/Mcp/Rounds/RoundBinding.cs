using System.Security.Cryptography;
using System.Text.Json;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Rounds;

/// <summary>
/// What a <c>requestState</c> is good for: one principal, one method, one name, one set of arguments (MRTR, Server
/// Requirements, 5). It is the associated data of the seal, so that a state presented elsewhere does not open.
/// </summary>
internal static class RoundBinding
{
    public static byte[] Of(McpRequest request, string name, JsonElement parameters)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        writer.WriteStartArray();
        writer.WriteStringValue(request.Caller.Tenant);
        writer.WriteStringValue(request.Caller.Issuer);
        writer.WriteStringValue(request.Caller.Subject);
        writer.WriteStringValue(request.Envelope.Method);
        writer.WriteStringValue(name);
        if (parameters.TryGetProperty("arguments", out var arguments))
            WriteCanonical(writer, arguments);
        writer.WriteEndArray();
        return SHA256.HashData(json.Written.Span);
    }

    // A client may write its arguments anew for the retry; the order of members is not part of what they say.
    private static void WriteCanonical(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    WriteCanonical(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    WriteCanonical(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
