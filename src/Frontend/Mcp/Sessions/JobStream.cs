using System.Text;
using Actors.Frontend.Draining;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Mcp.Tools;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// Follows a job on the stream of a session's request: its progress, its questions as requests to the client, and its end. The ids of
/// the events say where the client stands, so that the stream goes on from there on any frontend.
/// </summary>
internal sealed class JobStream(Drain drain, TimeProvider time)
{
    /// <param name="request">The request, or the GET that takes its stream up again.</param>
    /// <param name="handle">The job.</param>
    /// <param name="position">Where the client stands.</param>
    /// <param name="window">How long to wait; null: until the job has ended.</param>
    /// <param name="hold">How long to hold the connection, where its client can come back; null: as long as is waited.</param>
    /// <returns>The job once it has ended, or as it is when the window closes or when it asks what this client cannot be asked.</returns>
    /// <exception cref="ConnectionReleasedException">The client is to come back for the answer: it was held long enough, or this process is about to end.</exception>
    public async ValueTask<JobSnapshot?> FollowAsync(
        McpRequest request, JobHandle handle, JobStreamId position, TimeSpan? window, TimeSpan? hold = null)
    {
        request.EventId = position.ToString();
        await StreamOpening.SendAsync(request);
        using var windowEnd = new CancellationTokenSource(window ?? Timeout.InfiniteTimeSpan, time);
        using var holdEnd = new CancellationTokenSource(
            request.Session!.TakesEmptyEvents && hold is { } end ? end : Timeout.InfiniteTimeSpan, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(windowEnd.Token, holdEnd.Token, drain.Ending, request.Aborted);
        JobSnapshot? job = null;
        try
        {
            await using var states = handle.WatchAsync(ending.Token).GetAsyncEnumerator(ending.Token);
            while (await request.KeptAliveAsync(states.MoveNextAsync().AsTask()))
            {
                job = states.Current;
                position = await SendAsync(request, job, position);
                if (job.IsTerminal || (window is not null && job.Status == JobStatus.InputRequired && !CanAsk(request, job)))
                    break;
            }
        }
        catch (OperationCanceledException) when (!request.Aborted.IsCancellationRequested)
        {
            if (request.Session!.TakesEmptyEvents && (holdEnd.IsCancellationRequested || drain.Ending.IsCancellationRequested))
                throw new ConnectionReleasedException();
            job ??= await handle.GetAsync(request.Aborted);
        }
        request.EventId = (position with { Sequence = position.Sequence + 1 }).ToString();
        return job;
    }

    private static async ValueTask<JobStreamId> SendAsync(McpRequest request, JobSnapshot job, JobStreamId position)
    {
        // Progress must increase with each notification (Progress, Progress Flow).
        if (position.ProgressToken is { } token && job.Progress is { } progress && progress.Progress > (position.Progress ?? double.NegativeInfinity))
        {
            position = position with { Sequence = position.Sequence + 1, Progress = progress.Progress };
            request.EventId = position.ToString();
            await ProgressMessage.SendAsync(request, Encoding.UTF8.GetBytes(token), progress, position.IsTaskResult ? job.Id : null);
        }
        foreach (var question in job.InputRequests)
        {
            if (position.Asked.Contains(question.Key) || !ClientQuestion.CanAsk(request.Envelope, question))
                continue;
            position = position with { Sequence = position.Sequence + 1, Asked = position.Asked.Add(question.Key) };
            request.EventId = position.ToString();
            await ClientQuestion.SendAsync(request, job, question);
        }
        return position;
    }

    private static bool CanAsk(McpRequest request, JobSnapshot job) =>
        job.InputRequests.All(question => ClientQuestion.CanAsk(request.Envelope, question));
}
