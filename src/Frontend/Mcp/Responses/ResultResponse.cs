using System.Text.Json;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>Opens and closes the JSON-RPC message around a result.</summary>
internal static class ResultResponse
{
    /// <summary>Up to and including <c>resultType</c>; the method's own members follow.</summary>
    public static void Begin(Utf8JsonWriter writer, ReadOnlySpan<byte> id, JsonEncodedText resultType)
    {
        BeginMessage(writer, id);
        writer.WriteStartObject();
        writer.WriteString(WireNames.ResultType, resultType);
    }

    /// <summary>The server's identity, and the end of the message.</summary>
    public static void End(Utf8JsonWriter writer, ServerIdentity identity)
    {
        identity.WriteMeta(writer);
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
