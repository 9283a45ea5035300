using System.Text.Json;
using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>Opens and closes the JSON-RPC message around a result.</summary>
internal static class ResultResponse
{
    /// <summary>Up to and including <c>resultType</c>, which came with 2026-07-28; the method's own members follow.</summary>
    public static void Begin(Utf8JsonWriter writer, McpRequest request, JsonEncodedText resultType)
    {
        BeginMessage(writer, request.Id);
        writer.WriteStartObject();
        if (!request.IsLegacy)
            writer.WriteString(WireNames.ResultType, resultType);
    }

    /// <summary>The server's identity, which came with 2026-07-28 too, and the end of the message.</summary>
    public static void End(Utf8JsonWriter writer, McpRequest request, ServerIdentity identity)
    {
        if (!request.IsLegacy)
        {
            identity.WriteMeta(writer, request.IsJoined);
        }
        else if (request.IsJoined)
        {
            writer.WriteStartObject(WireNames.Meta);
            writer.WriteBoolean(WireNames.Joined, true);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Up to the value of <c>result</c>.</summary>
    public static void BeginMessage(Utf8JsonWriter writer, ReadOnlySpan<byte> id)
    {
        writer.WriteStartObject();
        writer.WriteString(WireNames.JsonRpc, WireNames.Two);
        writer.WritePropertyName(WireNames.Id);
        writer.WriteRawValue(id, skipInputValidation: true);
        writer.WritePropertyName(WireNames.Result);
    }
}
