using Actors.Frontend.Draining;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>Waits on a job for a client that holds its call open, and passes the job's progress on where it was asked for.</summary>
internal sealed class JobWatch(Drain drain, TimeProvider time)
{
    /// <summary>The job once it has ended or asks something, or as it is when the window closes.</summary>
    public async ValueTask<JobSnapshot> WaitAsync(McpRequest request, JobHandle handle, JobSnapshot job, TimeSpan window)
    {
        if (IsWorthAnswering(job))
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
                    await SendProgressAsync(request, progress);
                }
                if (IsWorthAnswering(job))
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

    // Progress must increase with each notification (Progress, Progress Flow); the caller sees to it.
    private static async ValueTask SendProgressAsync(McpRequest request, JobProgress progress)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WritePropertyName("progressToken");
        writer.WriteRawValue(request.ProgressToken!, skipInputValidation: true);
        writer.WriteNumber("progress", progress.Progress);
        if (progress.Total is { } total)
            writer.WriteNumber("total", total);
        if (progress.Message is { } message)
            writer.WriteString("message", message);
        writer.WriteEndObject();
        await Notification.SendAsync(request, "notifications/progress", json.Written.ToArray());
    }
}
