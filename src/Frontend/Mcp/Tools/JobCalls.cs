using Actors.Frontend.JobTools;
using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Rounds;
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
    JobCreation creation, JobWatch watch, PrimitiveDispatch dispatch, InlineCalls inline, ServerIdentity identity, IOptions<McpOptions> options)
{
    /// <exception cref="Errors.RefusedException">The tool cannot be used without the tasks extension.</exception>
    public static void CheckTerms(McpRequest request, string tool, JobTerms terms)
    {
        if (terms.TaskSupport == TaskSupport.Required && !request.Envelope.DeclaresTasks)
            throw TasksExtension.Missing($"The tool '{tool}' only runs as a task");
    }

    public async ValueTask CallAsync(McpRequest request, JobTerms terms, Round round, PrimitiveCall call)
    {
        if (terms.Start == JobStart.OnDemand)
        {
            var outcome = await dispatch.InvokeAsync(request, call);
            if (outcome.Kind != PrimitiveOutcomeKind.BecomesJob)
            {
                await inline.AnswerAsync(request, round, outcome);
                return;
            }
            call = call with { Exchanges = outcome.Exchanges };
        }
        await CreateAsync(request, call with { AnswersThroughJobTools = !request.Envelope.DeclaresTasks });
    }

    private async ValueTask CreateAsync(McpRequest request, PrimitiveCall call)
    {
        var (handle, job) = await creation.CreateAsync(request, call);
        if (request.Envelope.DeclaresTasks)
        {
            await AnswerWithTaskAsync(request, job);
            return;
        }
        job = await watch.WaitAsync(request, handle, job, options.Value.SyncWindow);
        await (job.Status switch
        {
            JobStatus.Completed => inline.AnswerAsync(request, job.Result!),
            JobStatus.Failed => throw new JobRefusedException(job.Error!),
            _ => ToolAnswer.SendAsync(request, identity, JobReport.HandOver(job), job.Status == JobStatus.Cancelled),
        });
    }

    private async ValueTask AnswerWithTaskAsync(McpRequest request, JobSnapshot job)
    {
        using var json = JsonBuffer.Rent();
        ResultResponse.Begin(json.Writer, request.Id, WireNames.Task);
        TaskJson.Write(json.Writer, job);
        ResultResponse.End(json.Writer, identity);
        await request.AnswerAsync(json);
    }
}
