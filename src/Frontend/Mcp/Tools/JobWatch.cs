using Actors.Frontend.Draining;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>Waits on a job for a client that holds its call open, and passes the job's progress on where it was asked for.</summary>
internal sealed class JobWatch(Drain drain, TimeProvider time)
{
    /// <summary>The job once it has ended or asks something, or as it is when the window closes.</summary>
    public ValueTask<JobSnapshot> WaitAsync(McpRequest request, JobHandle handle, JobSnapshot job, TimeSpan window) =>
        WaitAsync(request, handle, job, window, IsWorthAnswering);

    /// <summary>The job once it has ended, or as it is when the window closes.</summary>
    public ValueTask<JobSnapshot> WaitForEndAsync(McpRequest request, JobHandle handle, JobSnapshot job, TimeSpan window) =>
        WaitAsync(request, handle, job, window, static job => job.IsTerminal);

    private async ValueTask<JobSnapshot> WaitAsync(
        McpRequest request, JobHandle handle, JobSnapshot job, TimeSpan window, Func<JobSnapshot, bool> isEnough)
    {
        if (isEnough(job))
            return job;
        using var windowEnd = new CancellationTokenSource(window, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(windowEnd.Token, drain.Ending, request.Aborted);
        var reported = double.NegativeInfinity;
        try
        {
            await using var states = handle.WatchAsync(ending.Token).GetAsyncEnumerator(ending.Token);
            while (await NextAsync(request, states.MoveNextAsync()))
            {
                job = states.Current;
                if (request.ProgressToken is not null && job.Progress is { } progress && progress.Progress > reported)
                {
                    reported = progress.Progress;
                    await ProgressMessage.SendAsync(request, request.ProgressToken, progress);
                }
                if (isEnough(job))
                    break;
            }
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            // The window closed, or this process is about to: the job runs on, and its handle is good everywhere.
        }
        return job;
    }

    private static bool IsWorthAnswering(JobSnapshot job) => job.IsTerminal || job.Status == JobStatus.InputRequired;

    private static ValueTask<bool> NextAsync(McpRequest request, ValueTask<bool> next) =>
        request.ProgressToken is null ? next : request.KeptAliveAsync(next.AsTask());
}
