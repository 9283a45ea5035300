using Actors.Frontend.Limits;
using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Mcp.Tools;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_wait</c>.</summary>
internal sealed class JobWait(
    JobHandles jobs, JobWatch watch, ServerIdentity identity, IOptions<McpOptions> options, IOptions<FrontendLimits> limits)
    : JobTool(identity)
{
    private readonly int _maxSeconds = (int)Math.Ceiling(options.Value.SyncWindow.TotalSeconds);

    public override string Name => JobToolNames.Wait;

    protected override string Title => "Wait for a job";

    protected override string Description =>
        $"""
        Waits until a job has ended or needs an answer, {_maxSeconds} seconds at most, and says where it stands. Call it right
        after a call returned a job id, and again as long as the answer says the job is still running. It never stops the job,
        and waiting costs nothing: prefer it to repeated job_get.
        """;

    protected override string InputSchema =>
        $$$"""
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id that the call which started the job returned."},"timeout_seconds":{"type":"integer","minimum":0,"maximum":{{{_maxSeconds}}},"description":"Seconds to wait at most; {{{_maxSeconds}}} if left out."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id", "timeout_seconds");
        var id = arguments.JobId();
        var window = TimeSpan.FromSeconds(arguments.Int("timeout_seconds", _maxSeconds, 0, _maxSeconds));
        var handle = jobs.Find(request.Caller, id)!;
        var job = await handle.GetAsync(request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        job = await watch.WaitAsync(request, handle, job, window);
        await AnswerAsync(request, JobReport.Of(job, limits.Value.ResultPreviewChars));
    }
}
