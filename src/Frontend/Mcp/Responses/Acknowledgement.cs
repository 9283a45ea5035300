using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>The empty result: done, and nothing to say about it.</summary>
internal static class Acknowledgement
{
    public static async ValueTask SendAsync(McpRequest request, ServerIdentity identity)
    {
        using var json = JsonBuffer.Rent();
        ResultResponse.Begin(json.Writer, request, WireNames.Complete);
        ResultResponse.End(json.Writer, request, identity);
        await request.AnswerAsync(json);
    }
}
