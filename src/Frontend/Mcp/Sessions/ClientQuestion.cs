using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>A job's question as a request to the client.</summary>
internal static class ClientQuestion
{
    /// <summary>Whether the client has said that it can be asked this.</summary>
    public static bool CanAsk(Envelope envelope, InputRequest question) => question.Method switch
    {
        "elicitation/create" => envelope.DeclaresElicitation,
        "sampling/createMessage" => envelope.DeclaresSampling,
        "roots/list" => envelope.DeclaresRoots,
        _ => false,
    };

    /// <summary>Sends it, with the task that it belongs to (2025-11-25, Tasks, Input Required Status, 2).</summary>
    public static ValueTask SendAsync(McpRequest request, JobSnapshot job, InputRequest question) =>
        ServerRequest.SendAsync(
            request, new QuestionId(job.Id, question.Key).ToString(), question.Method, RelatedTask.Params(job.Id, question.Params));
}
