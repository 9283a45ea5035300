using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_cancel</c>.</summary>
internal sealed class JobCancel(JobHandles jobs, ServerIdentity identity) : JobTool(identity)
{
    private const int MaxReasonChars = 500;

    public override string Name => JobToolNames.Cancel;

    protected override string Title => "Cancel a job";

    protected override string Description =>
        """
        Asks a job to stop, for good. Call it only when the user no longer wants the result. The answer says whether the job has
        stopped already; what it did before may stand. A job that has ended is not changed.
        """;

    protected override string InputSchema =>
        """
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of the job to stop."},"reason":{"type":"string","maxLength":500,"description":"Why, for the record."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override bool IsReadOnly => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id", "reason");
        var handle = jobs.Find(request.Caller, arguments.JobId())!;
        var reason = arguments.Text("reason");
        if (reason?.Length > MaxReasonChars)
            throw new JobToolMistakeException($"The argument reason may have {MaxReasonChars} characters.");
        var job = await handle.CancelAsync(reason, request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        var report = JobReport.Of(job, previewChars: 0);
        await AnswerAsync(request, job.IsTerminal && job.Status != JobStatus.Cancelled
            ? report with { Text = $"The job had ended before: nothing was cancelled. {report.Text}" }
            : report with { Text = $"Job {job.Id} ({job.Tool}) is {JobReport.StatusOf(job.Status)}. {CancelText.Sentence(job.Cancel)}" });
    }
}
