using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Sessions.Tasks;

/// <summary>Sends a result that is a task: GetTaskResult and CancelTaskResult.</summary>
internal static class TaskAnswer
{
    public static async ValueTask SendAsync(McpRequest request, JobSnapshot job)
    {
        using var json = JsonBuffer.Rent();
        ResultResponse.BeginMessage(json.Writer, request.Id);
        json.Writer.WriteStartObject();
        LegacyTaskJson.Write(json.Writer, job);
        json.Writer.WriteEndObject();
        json.Writer.WriteEndObject();
        await request.AnswerAsync(json);
    }
}
