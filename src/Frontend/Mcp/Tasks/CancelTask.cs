using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary><c>tasks/cancel</c>: the wish is durable when it is acknowledged; whether it stops the job is for the job to say.</summary>
internal sealed class CancelTask(JobHandles jobs, ServerIdentity identity) : McpMethod
{
    public override string Name => "tasks/cancel";

    public override MirroredMember Mirrors => MirroredMember.TaskId;

    public override bool IsModern => true;

    public override bool ReadsParams => false;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        TasksExtension.Require(request);
        var job = jobs.Find(request.Caller, request.Envelope.TaskId);
        if (job is null || await job.CancelAsync(reason: null, request.Aborted) is null)
            await request.AnswerAsync(TasksExtension.NotFound);
        else
            await Acknowledgement.SendAsync(request, identity);
    }
}
