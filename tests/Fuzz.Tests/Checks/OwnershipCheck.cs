using Actors.Fuzz.Tests.Requests;

namespace Actors.Fuzz.Tests.Checks;

/// <summary>A handle opens nothing for anybody but its owner, however it was come by.</summary>
internal static class OwnershipCheck
{
    public static IEnumerable<string> Find(Exchange exchange)
    {
        var (sent, shot, status) = (exchange.Sent, exchange.Shot, exchange.Answer.Status);
        var hasResult = exchange.Messages.Any(message => message.Contains("\"result\":", StringComparison.Ordinal));
        if (hasResult && sent.Method?.StartsWith("tasks/", StringComparison.Ordinal) is true && IsForeign(exchange, sent.TaskId))
            yield return "somebody else's task was opened";
        if (hasResult && shot.Name == "tools/call rounds" && sent.Method == "tools/call" && shot.Revision == Revisions.V20260728 && IsForeign(exchange, sent.RequestState))
            yield return "somebody else's requestState was opened";
        if ((hasResult || status is 202 or 204 || exchange.Answer.IsStream) && IsOfSession(exchange) && IsForeign(exchange, shot.Header("Mcp-Session-Id")))
            yield return "somebody else's session was entered";
        foreach (var message in exchange.Messages)
        {
            foreach (var (member, handle) in Harvest.HandlesIn(message))
            {
                if (member is "taskId" or "job_id" or "taskIds" && IsForeign(exchange, handle))
                    yield return $"{member} names somebody else's job";
            }
        }
    }

    private static bool IsForeign(Exchange exchange, string? handle) =>
        handle is not null && exchange.Handles.OwnerOf(handle) is { } owner && owner != exchange.Shot.Caller;

    // initialize begins a new one, and 2026-07-28 has none: there the header means nothing.
    private static bool IsOfSession(Exchange exchange) =>
        exchange.Shot.Headers.Count(header => header.Key.Equals("Mcp-Session-Id", StringComparison.OrdinalIgnoreCase)) == 1
        && exchange.Sent is { Method: not "initialize", NamesModern: false }
        && exchange.Shot.Header("MCP-Protocol-Version") != Revisions.V20260728
        && exchange.Shot.Verb is "POST" or "GET" or "DELETE";
}
