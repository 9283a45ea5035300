using Actors.Frontend.JobTools;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>The answer to a call that is over a limit, as a model can act on it: what is full, how full, and when to come back.</summary>
internal static class Backpressure
{
    public static ValueTask AnswerAsync(McpRequest request, ServerIdentity identity, LimitReached limit)
    {
        if (!request.Http.Response.HasStarted)
            request.Http.Response.Headers.RetryAfter = limit.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return ToolAnswer.SendAsync(request, identity, Text(limit), isError: true);
    }

    private static ToolText Text(LimitReached limit) => new(
        $"The call was not taken and nothing was started. {limit.Sentence} Meanwhile wait for jobs that you have started (job_list shows them, "
        + "job_wait waits), or cancel with job_cancel what is no longer wanted; calling again sooner changes nothing.",
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("limit", limit.Limit);
            writer.WriteNumber("value", limit.Value);
            writer.WriteNumber("current", limit.Current);
            writer.WriteNumber("retry_after_ms", limit.RetryAfterMs);
            writer.WriteEndObject();
        });
}
