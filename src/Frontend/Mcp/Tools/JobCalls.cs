using Actors.Frontend.JobTools;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Rounds;
using Actors.Frontend.Mcp.Sessions;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Placement;
using Actors.Jobs;
using Actors.Tools;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// A call that becomes a job. A client that speaks tasks gets the handle at once; another one waits out the sync window and
/// then gets a result that says how to go on. From its creation on, no dropped connection touches the job.
/// </summary>
internal sealed class JobCalls(
    JobCreation creation,
    JobWatch watch,
    PrimitiveDispatch dispatch,
    InlineCalls inline,
    SessionJobs sessions,
    ServerIdentity identity,
    IOptions<McpOptions> options)
{
    /// <param name="request">The request.</param>
    /// <param name="tool">The tool's name.</param>
    /// <param name="terms">Null: a short tool, which never becomes a task.</param>
    /// <param name="wish">What a session's client wants of it as a task; null: it is not to be one.</param>
    /// <exception cref="RefusedException">The tool cannot be used without tasks, or not with them.</exception>
    public static void CheckTerms(McpRequest request, string tool, JobTerms? terms, TaskWish? wish)
    {
        if (!request.IsLegacy)
        {
            if (terms?.TaskSupport == TaskSupport.Required && !request.Envelope.DeclaresTasks)
                throw TasksExtension.Missing($"The tool '{tool}' only runs as a task");
            return;
        }
        // 2025-11-25, Tool-Level Negotiation: method not found, in both cases.
        if (terms is null && wish is not null)
            throw new RefusedException(Refusal.MethodNotFound, $"The tool '{tool}' does not run as a task: call it without params.task.");
        if (terms?.TaskSupport == TaskSupport.Required && wish is null)
            throw new RefusedException(Refusal.MethodNotFound, $"The tool '{tool}' only runs as a task: call it with params.task, in revision 2025-11-25 or later.");
    }

    /// <exception cref="RefusedException">The caller asks for something that this tool's jobs cannot do.</exception>
    public static void CheckOptions(string tool, JobTerms? terms, TaskWish? wish, CallOptions options)
    {
        if (ReferenceEquals(options, CallOptions.None))
            return;
        if (terms is null)
        {
            CallOptionsReader.RefuseForShortTool(tool, options);
            return;
        }
        RetryWish.Check(options.Retry, tool, terms.MaxAttempts);
        if (wish?.TtlMs is { } ttl && options.TtlMs is { } other && ttl != other)
            throw new RefusedException(Refusal.InvalidParams, "params.task.ttl and params._meta[\"actors/ttlMs\"] must be equal where both are given.");
    }

    public async ValueTask CallAsync(McpRequest request, JobTerms terms, Round round, TaskWish? wish, PrimitiveCall call, CallOptions options)
    {
        if (options.IdempotencyKey is { } key)
            request.JobId = await creation.HandleOfAsync(request, call, key);
        var mayRunInline = terms.Start == JobStart.OnDemand && wish is null && !options.NeedsJob;
        if (mayRunInline && !(request.JobId is { } known && await creation.ExistsAsync(request, known)))
        {
            var outcome = await dispatch.InvokeAsync(request, call);
            if (outcome.Kind != PrimitiveOutcomeKind.BecomesJob)
            {
                await inline.AnswerAsync(request, round, outcome);
                return;
            }
            call = call with { Exchanges = outcome.Exchanges };
        }
        if (request.IsLegacy)
            await sessions.CallAsync(request, wish, terms, call, options);
        else
            await CreateAsync(request, terms, call with { AnswersThroughJobTools = !request.Envelope.DeclaresTasks }, options);
    }

    private async ValueTask CreateAsync(McpRequest request, JobTerms terms, PrimitiveCall call, CallOptions callOptions)
    {
        var (handle, job) = await creation.CreateAsync(request, terms, call, callOptions);
        if (request.Envelope.DeclaresTasks)
        {
            await AnswerWithTaskAsync(request, job);
            return;
        }
        job = await watch.WaitAsync(request, handle, job, SyncWindows.Of(job, options.Value.SyncWindow));
        await (job.Status switch
        {
            JobStatus.Completed => inline.AnswerAsync(request, job.Result!),
            JobStatus.Failed => throw new JobRefusedException(job.Error!),
            _ => ToolAnswer.SendAsync(request, identity, JobReport.HandOver(job, request.IsJoined), job.Status == JobStatus.Cancelled),
        });
    }

    private async ValueTask AnswerWithTaskAsync(McpRequest request, JobSnapshot job)
    {
        using var json = JsonBuffer.Rent();
        ResultResponse.Begin(json.Writer, request, WireNames.Task);
        TaskJson.Write(json.Writer, job);
        ResultResponse.End(json.Writer, request, identity);
        await request.AnswerAsync(json);
    }
}
