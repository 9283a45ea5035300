using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Mcp.Tools;
using Actors.Jobs;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Sessions.Tasks;

/// <summary>
/// <c>tasks/cancel</c> of revision 2025-11-25, which answers once the task is cancelled. What has ended, also in the meantime, is
/// refused with -32602, as that revision asks (Task Cancellation, 1 and 2). A tool that does not stop is fenced off, which may take longer than a
/// client waits: the answer then says that it is on its way.
/// </summary>
internal sealed class CancelTaskAndWait(JobHandles jobs, JobWatch watch, IOptions<McpOptions> options) : TaskMethod(jobs)
{
    public override string Name => "tasks/cancel";

    public override async ValueTask HandleAsync(McpRequest request)
    {
        var handle = Find(request);
        var before = await handle.GetAsync(request.Aborted) ?? throw NotFound();
        if (before.IsTerminal)
            throw Ended(before);
        var job = await handle.CancelAsync(reason: null, request.Aborted) ?? throw NotFound();
        job = await watch.WaitForEndAsync(request, handle, job, options.Value.SyncWindow);
        if (job.IsTerminal && job.Status != JobStatus.Cancelled)
            throw Ended(job);
        await TaskAnswer.SendAsync(request, job);
    }

    private static RefusedException Ended(JobSnapshot job) => new(
        Refusal.InvalidParams,
        $"The task cannot be cancelled: it has ended already, as {(job.Status == JobStatus.Cancelled ? "cancelled" : job.Status == JobStatus.Completed ? "completed" : "failed")}.");
}
