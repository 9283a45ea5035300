using System.Globalization;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Retention;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_pin</c>.</summary>
internal sealed class JobPinning(JobPins pins, RetryPolicy retries, IOptions<FrontendLimits> limits, ServerIdentity identity) : JobTool(identity)
{
    private const int MaxReasonChars = 500;

    public override string Name => JobToolNames.Pin;

    protected override string Title => "Keep a job's record";

    protected override string Description =>
        """
        Keeps a job's record, with its result and its log, beyond the time after which it would be discarded; with pinned false, lets it
        expire again. Call it only when the user wants to keep a job.
        """;

    protected override string InputSchema =>
        $$$"""
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of the job to keep."},"pinned":{"type":"boolean","description":"false to let it expire again; true if left out."},"reason":{"type":"string","maxLength":{{{MaxReasonChars}}},"description":"Why it is kept, for the record; needed to keep it."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override bool IsReadOnly => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id", "pinned", "reason");
        var id = arguments.JobId();
        var isWanted = !arguments.Has("pinned") || arguments.Flag("pinned");
        var reason = arguments.Text("reason");
        if (reason?.Length > MaxReasonChars)
            throw new JobToolMistakeException($"The argument reason may have {MaxReasonChars} characters.");
        if (isWanted && string.IsNullOrWhiteSpace(reason))
            throw new JobToolMistakeException("The argument reason is missing: say why the job is kept.");
        var most = limits.Value.MaxPinnedJobs;
        var pin = await retries.RunAsync(
            () => new ValueTask<JobPin?>(isWanted
                ? pins.PinAsync(request.Caller, id, reason!, most, request.Aborted)
                : pins.UnpinAsync(request.Caller, id, request.Aborted)),
            request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        if (isWanted && !pin.IsPinned)
            throw new JobToolMistakeException($"The job was not pinned: the tenant has its limit of {most} pinned jobs. Call job_pin with pinned false for one that is not needed any more.");
        await AnswerAsync(request, Report(id, pin));
    }

    private static ToolText Report(string id, JobPin pin) => new(Text(id, pin), writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("job_id", id);
        writer.WriteBoolean("pinned", pin.IsPinned);
        writer.WriteBoolean("held", pin.IsHeld);
        if (pin.ExpiresAt is { } expires)
            writer.WriteTime("expires_at", expires);
        writer.WriteEndObject();
    });

    private static string Text(string id, JobPin pin)
    {
        var until = pin.ExpiresAt is { } expires
            ? $"until {expires.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, and at least until it has ended"
            : "for good";
        return (pin.IsPinned, pin.IsHeld) switch
        {
            (true, _) => $"Job {id} is pinned: it is kept until it is unpinned.",
            (_, true) => $"Job {id} is not pinned; it is kept all the same, because an operator holds it.",
            _ => $"Job {id} is not pinned: it is kept {until}.",
        };
    }
}
