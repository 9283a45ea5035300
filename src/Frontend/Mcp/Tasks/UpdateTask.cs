using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Rounds;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary>
/// <c>tasks/update</c>: answers to a task's open questions. Keys that are unknown or answered already are ignored, as the
/// extension asks; an answer to an open question must have that question's form.
/// </summary>
internal sealed class UpdateTask(JobHandles jobs, ServerIdentity identity) : McpMethod
{
    public override string Name => "tasks/update";

    public override MirroredMember Mirrors => MirroredMember.TaskId;

    public override bool IsModern => true;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        TasksExtension.Require(request);
        using var parameters = ParamsDocument.Open(request);
        var responses = InputAnswers.Read(parameters.RootElement, AnswerChannel.TaskUpdate)
            ?? throw new RefusedException(
                Refusal.InvalidParams, "params.inputResponses is missing; it must be an object of answers by the keys of inputRequests.");
        var job = jobs.Find(request.Caller, request.Envelope.TaskId);
        if (job is null || await job.AnswerAsync(responses, request.Aborted) is null)
            await request.AnswerAsync(TasksExtension.NotFound);
        else
            await Acknowledgement.SendAsync(request, identity);
    }
}
