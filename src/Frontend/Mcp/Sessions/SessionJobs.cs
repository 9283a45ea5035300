using System.Text;
using System.Text.Json;
using Actors.Frontend.JobTools;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Mcp.Tools;
using Actors.Jobs;
using Actors.Tools;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>
/// A session's call that becomes a job: with <c>params.task</c> (2025-11-25) the client gets the handle at once, otherwise it waits out
/// the sync window on its stream.
/// </summary>
internal sealed class SessionJobs(
    JobCreation creation, JobHandles handles, JobStream stream, InlineCalls inline, ServerIdentity identity, IOptions<McpOptions> options, TimeProvider time)
{
    public async ValueTask CallAsync(McpRequest request, TaskWish? wish, JobTerms terms, PrimitiveCall call, CallOptions callOptions)
    {
        var session = request.Session!;
        var asked = wish?.TtlMs is { } ttl ? callOptions with { TtlMs = ttl } : callOptions;
        var (handle, job) = await creation.CreateAsync(request, terms, call with { AnswersThroughJobTools = true }, asked);
        if (wish is not null)
        {
            // The job is there and will be found by polling, whether or not its changes can be told.
            await session.Grain.FollowAsync(request.Caller, job.Id, isWanted: true);
            await AnswerWithTaskAsync(request, job);
            return;
        }
        await session.Grain.NoteJobAsync(request.Caller, request.Id, job.Id);
        if (job.IsTerminal)
            await AnswerAsync(request, job);
        else
            await FollowAsync(request, handle, Position(request, job.Id, isTaskResult: false), Window(request, job), Hold(terms));
    }

    /// <summary>Takes the stream of a call, or of a tasks/result, up again where its client has lost it.</summary>
    public async ValueTask ResumeAsync(McpRequest request, JobStreamId position)
    {
        if (handles.Find(request.Caller, position.Job) is not { } handle || await handle.GetAsync(request.Aborted) is not { } job)
            throw new RefusedException(Refusal.InvalidParams, "The job that this stream was of is not there any more.");
        if (position.IsTaskResult)
            await ResultAsync(request, handle, position);
        else
            await FollowAsync(request, handle, position, Left(job));
    }

    /// <summary><c>tasks/result</c>: blocks until the task has ended, then answers exactly what its call would have.</summary>
    public async ValueTask ResultAsync(McpRequest request, JobHandle handle, JobStreamId position)
    {
        request.RelatedTask = position.Job;
        using var open = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        await using var claim = request.Session!.Grain.ClaimQuestionsAsync(request.Caller, position.Job, open.Token).GetAsyncEnumerator(open.Token);
        await claim.MoveNextAsync();
        try
        {
            await FollowAsync(request, handle, position, window: null);
        }
        finally
        {
            await open.CancelAsync();
        }
    }

    public static JobStreamId Position(McpRequest request, string job, bool isTaskResult) => new(
        job,
        Encoding.UTF8.GetString(request.Id),
        isTaskResult,
        request.ProgressToken is { } token ? Encoding.UTF8.GetString(token) : null,
        Sequence: 0,
        Progress: null,
        Asked: []);

    // A job that was there before has its own time behind it; this call has the whole of its.
    private TimeSpan Window(McpRequest request, JobSnapshot job) =>
        request.IsJoined ? SyncWindows.Of(job, options.Value.SyncWindow) : Left(job);

    private TimeSpan Left(JobSnapshot job)
    {
        var left = job.CreatedAt + SyncWindows.Of(job, options.Value.SyncWindow) - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static TimeSpan? Hold(JobTerms terms) =>
        terms.ReleaseConnectionAfterMs > 0 ? TimeSpan.FromMilliseconds(terms.ReleaseConnectionAfterMs) : null;

    private async ValueTask FollowAsync(McpRequest request, JobHandle handle, JobStreamId position, TimeSpan? window, TimeSpan? hold = null)
    {
        var job = await stream.FollowAsync(request, handle, position, window, hold)
            ?? throw new RefusedException(Refusal.InvalidParams, "The job is not there any more.");
        await AnswerAsync(request, job);
    }

    private ValueTask AnswerAsync(McpRequest request, JobSnapshot job) => job.Status switch
    {
        JobStatus.Completed => inline.AnswerAsync(request, job.Result!),
        JobStatus.Failed => throw new JobRefusedException(job.Error!),
        _ => ToolAnswer.SendAsync(request, identity, JobReport.HandOver(job, request.IsJoined), job.Status == JobStatus.Cancelled),
    };

    private static async ValueTask AnswerWithTaskAsync(McpRequest request, JobSnapshot job)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        ResultResponse.BeginMessage(writer, request.Id);
        writer.WriteStartObject();
        writer.WriteStartObject("task");
        LegacyTaskJson.Write(writer, job);
        writer.WriteEndObject();
        WriteMeta(writer, job, request.IsJoined);
        writer.WriteEndObject();
        writer.WriteEndObject();
        await request.AnswerAsync(json);
    }

    // 2025-11-25, Creating Tasks: what a host may tell its model at once, so that the model knows of the job and its handle.
    private static void WriteMeta(Utf8JsonWriter writer, JobSnapshot job, bool isJoined)
    {
        writer.WriteStartObject(WireNames.Meta);
        writer.WriteString("io.modelcontextprotocol/model-immediate-response", JobReport.HandOver(job, isJoined).Text);
        if (isJoined)
            writer.WriteBoolean(WireNames.Joined, true);
        writer.WriteEndObject();
    }
}
