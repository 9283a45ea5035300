using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Mcp.Tools;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_retry</c>.</summary>
internal sealed class JobRetry(JobHandles jobs, JobCreation creation, ServerIdentity identity) : JobTool(identity)
{
    /// <summary>Retries of retries that are followed to the last.</summary>
    private const int MaxTries = 100;

    public override string Name => JobToolNames.Retry;

    public override bool IsBesideTasks => true;

    protected override string Title => "Try a job again";

    protected override string Description =>
        """
        Starts a job that failed or was cancelled once more, as a new job with the same arguments. What the earlier one had finished and stored is not
        done again. Call it when the cause of the failure is gone, or the user asks for it; calling it twice starts one job. The answer has the new
        job's id: call job_wait with that.
        """;

    protected override string InputSchema =>
        """
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of the job that failed or was cancelled."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override bool IsReadOnly => false;

    protected override bool IsDestructive => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id");
        var id = arguments.JobId();
        var (last, isRetry) = await LastTryAsync(request, id);
        if (last.Status is JobStatus.Failed or JobStatus.Cancelled)
        {
            await RetryAsync(request, last);
            return;
        }

        if (!isRetry)
            throw new JobToolMistakeException(last.Status is JobStatus.Completed
                ? $"Job {id} has completed; there is nothing to try again. To run it anew call {last.Tool} itself."
                : $"Job {id} has not ended. Cancel it with job_cancel first, if it is to start anew, or wait for it with job_wait.");
        var report = JobReport.Of(last, previewChars: 0);
        await AnswerAsync(request, report with { Text = $"Job {id} was tried again already, and nothing was started. {report.Text}" });
    }

    /// <summary>The job, or where it was tried again already, the last of those tries: that one has come furthest.</summary>
    private async ValueTask<(JobSnapshot Job, bool IsRetry)> LastTryAsync(McpRequest request, string id)
    {
        var job = await jobs.GetAsync(request.Caller, id, request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await jobs.GetAsync(request.Caller, await creation.HandleOfRetryAsync(request, job), request.Aborted) is not { } next)
                return (job, tries > 0);
            job = next;
        }
        throw new JobToolMistakeException($"Job {id} was tried again {MaxTries} times. Call {job.Tool} itself to run it anew.");
    }

    private async ValueTask RetryAsync(McpRequest request, JobSnapshot earlier)
    {
        try
        {
            var report = JobReport.Of(await creation.RetryAsync(request, earlier), previewChars: 0);
            await AnswerAsync(request, report with { Text = $"Job {earlier.Id} is tried again as a new job. {report.Text}" });
        }
        catch (JobRefusedException refused) when (LimitReached.Of(refused.Error) is { } limit)
        {
            await Backpressure.AnswerAsync(request, Identity, limit);
        }
        catch (JobRefusedException refused)
        {
            throw new JobToolMistakeException(refused.Error.Message);
        }
    }
}
