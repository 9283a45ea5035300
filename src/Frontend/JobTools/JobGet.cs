using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_get</c>.</summary>
internal sealed class JobGet(JobHandles jobs, ServerIdentity identity, IOptions<FrontendLimits> limits) : JobTool(identity)
{
    public override string Name => JobToolNames.Get;

    protected override string Title => "Look at a job";

    protected override string Description =>
        """
        Says at once where a job stands: status, progress, open questions, a preview of the result. Use it to look without
        waiting, for example when the user asks how far it is. To wait for the end call job_wait instead of calling this in a loop.
        """;

    protected override string InputSchema =>
        """
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id that the call which started the job returned."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id");
        var job = await jobs.GetAsync(request.Caller, arguments.JobId(), request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        await AnswerAsync(request, JobReport.WithAttempts(job, limits.Value.ResultPreviewChars));
    }
}
