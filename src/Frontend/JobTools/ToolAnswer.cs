using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.JobTools;

/// <summary>Sends a CallToolResult.</summary>
internal static class ToolAnswer
{
    public static async ValueTask SendAsync(McpRequest request, ServerIdentity identity, ToolText answer, bool isError)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        ResultResponse.Begin(writer, request, WireNames.Complete);
        writer.WriteStartArray("content");
        writer.WriteStartObject();
        writer.WriteString("type", "text");
        writer.WriteString("text", answer.Text);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (answer.Structure is { } write)
        {
            writer.WritePropertyName("structuredContent");
            write(writer);
        }
        writer.WriteBoolean("isError", isError);
        ResultResponse.End(writer, request, identity);
        await request.AnswerAsync(json);
    }
}
