using System.Text.Json;
using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>Sends server notifications on the stream of the request they belong to.</summary>
internal static class Notification
{
    /// <param name="request">The request that the notification relates to; its answer becomes a stream.</param>
    /// <param name="method">For example <c>notifications/progress</c>.</param>
    /// <param name="parameters">UTF-8 JSON object, or null.</param>
    public static async ValueTask SendAsync(McpRequest request, string method, byte[]? parameters)
    {
        using var json = JsonBuffer.Rent();
        Begin(json.Writer, method);
        json.Writer.WriteRawValue(parameters ?? "{}"u8, skipInputValidation: true);
        json.Writer.WriteEndObject();
        await request.OpenEvents().SendAsync(json.Written, request.Aborted, request.EventId);
    }

    /// <summary>Up to the value of <c>params</c>.</summary>
    public static void Begin(Utf8JsonWriter writer, string method)
    {
        writer.WriteStartObject();
        writer.WriteString(WireNames.JsonRpc, WireNames.Two);
        writer.WriteString(WireNames.Method, method);
        writer.WritePropertyName(WireNames.Params);
    }
}
