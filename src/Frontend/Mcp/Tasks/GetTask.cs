using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary><c>tasks/get</c>: the method that is called most; answered from the grain's memory.</summary>
internal sealed class GetTask(JobHandles jobs, ServerIdentity identity) : McpMethod
{
    public override string Name => "tasks/get";

    public override MirroredMember Mirrors => MirroredMember.TaskId;

    public override bool IsModern => true;

    public override bool ReadsParams => false;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        TasksExtension.Require(request);
        // Without request.Aborted, which would cost an object per poll: what is done for nobody ends by itself.
        var job = await jobs.GetAsync(request.Caller, request.Envelope.TaskId, CancellationToken.None);
        if (job is null)
        {
            await request.AnswerAsync(TasksExtension.NotFound);
            return;
        }
        using var json = JsonBuffer.Rent();
        ResultResponse.Begin(json.Writer, request, WireNames.Complete);
        TaskJson.WriteDetailed(json.Writer, job);
        ResultResponse.End(json.Writer, request, identity);
        await request.AnswerAsync(json);
    }
}
