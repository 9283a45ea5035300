using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>The beginning of a stream that can be taken up again.</summary>
internal static class StreamOpening
{
    /// <summary>Sends the headers, and an id to come back with where the client can take one (2025-11-25, Sending Messages, 6).</summary>
    public static async ValueTask SendAsync(McpRequest request)
    {
        var events = request.OpenEvents();
        if (request.Session!.TakesEmptyEvents && request.EventId is { } id)
            await events.SendIdAsync(id, retry: null, request.Aborted);
        else
            await events.SendCommentAsync(request.Aborted);
    }
}
