using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>Sends a request of the server's on the stream of the request it belongs to.</summary>
internal static class ServerRequest
{
    public static async ValueTask SendAsync(McpRequest request, string id, string method, byte[]? parameters)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteString(WireNames.JsonRpc, WireNames.Two);
        writer.WriteString(WireNames.Id, id);
        writer.WriteString(WireNames.Method, method);
        if (parameters is not null)
        {
            writer.WritePropertyName(WireNames.Params);
            writer.WriteRawValue(parameters, skipInputValidation: true);
        }
        writer.WriteEndObject();
        await request.OpenEvents().SendAsync(json.Written, request.Aborted, request.EventId);
    }
}
