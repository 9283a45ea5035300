using Actors.Frontend.Mcp.Calls;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_result</c>.</summary>
internal sealed class JobResult(JobHandles jobs, InlineCalls calls, ServerIdentity identity) : JobTool(identity)
{
    public override string Name => JobToolNames.Result;

    protected override string Title => "Get a job's result";

    protected override string Description =>
        """
        Returns the whole result of a completed job, exactly as the tool itself would have returned it. Call it once job_wait or
        job_get says the job has completed. It may be long. It does not wait: for a job that still runs it says so.
        """;

    protected override string InputSchema =>
        """
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of a completed job."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id");
        var job = await jobs.GetAsync(request.Caller, arguments.JobId(), request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        if (job.Status == JobStatus.Completed)
            await calls.AnswerAsync(request, job.Result!);
        else
            await AnswerAsync(request, JobReport.Of(job, previewChars: 0), isError: job.IsTerminal);
    }
}
