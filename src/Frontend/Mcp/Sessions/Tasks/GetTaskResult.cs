using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;

namespace Actors.Frontend.Mcp.Sessions.Tasks;

/// <summary><c>tasks/result</c>: blocks until the task has ended; its questions come as requests on the way.</summary>
internal sealed class GetTaskResult(JobHandles jobs, SessionJobs calls) : TaskMethod(jobs)
{
    public override string Name => "tasks/result";

    public override async ValueTask HandleAsync(McpRequest request)
    {
        var handle = Find(request);
        if (await handle.GetAsync(request.Aborted) is null)
            throw NotFound();
        await calls.ResultAsync(request, handle, SessionJobs.Position(request, request.Envelope.TaskId!, isTaskResult: true));
    }
}
