using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Jobs;

/// <summary>Finds what answers show of jobs.</summary>
internal static partial class SightingReader
{
    public static IEnumerable<Sighting> Read(CallRecord call)
    {
        if (call.Outcome is not Outcome.Answered || Answer.Result(call) is not { } result)
            return [];
        return call switch
        {
            { Method: "tasks/get" } => One(Task(result, call.Id, call.StartMs, call.EndMs)),
            { Method: "tools/call", Tool: "job_get" or "job_retry" } => One(Report(call, Answer.Member(result, "structuredContent"))),
            { Method: "tools/call", Tool: "job_list" } => Listed(call).Select(entry => ListEntry(call, entry)).OfType<Sighting>(),
            { Method: "tools/call" } when Answer.Created(call) is not null => One(Task(result, call.Id, call.StartMs, call.EndMs)),
            _ => [],
        };
    }

    /// <summary>A notification of a stream: made some time between the stream's request and its own arrival.</summary>
    public static Sighting? Read(StreamEvent message, CallRecord stream) =>
        Answer.Text(message.Body, "method") == "notifications/tasks" && Answer.Member(message.Body, "params") is { } task
            ? Task(task, stream.Id, stream.StartMs, message.AtMs)
            : null;

    /// <summary>The jobs on a page of job_list.</summary>
    public static IEnumerable<JsonElement> Listed(CallRecord call) =>
        Answer.Member(Answer.Member(Answer.Result(call), "structuredContent"), "jobs") is { ValueKind: JsonValueKind.Array } jobs ? jobs.EnumerateArray() : [];

    private static IEnumerable<Sighting> One(Sighting? sighting) => sighting is null ? [] : [sighting];

    private static Sighting? Task(JsonElement task, long call, double startMs, double endMs)
    {
        if (Answer.Text(task, "taskId") is not { } handle || PhaseOf(Answer.Text(task, "status")) is not { } phase)
            return null;
        var ending = Answer.Member(task, "result") ?? Answer.Member(task, "error");
        return new Sighting
        {
            Handle = handle,
            Call = call,
            StartMs = startMs,
            EndMs = endMs,
            Phase = phase,
            CreatedAt = Answer.Time(task, "createdAt"),
            UpdatedAt = Answer.Time(task, "lastUpdatedAt"),
            Progress = ProgressOf(Answer.Text(task, "statusMessage")),
            Questions = QuestionsOf(Answer.Member(task, "inputRequests")),
            Ending = ending?.GetRawText(),
            ResultText = ending is { } result ? Answer.FirstText(result) : null,
            IsToolError = ending is { } end && Answer.IsToolError(end),
            Whole = WholeOf(Answer.Member(Answer.Member(ending, "_meta"), "actors/result")),
        };
    }

    private static Sighting? Report(CallRecord call, JsonElement? report) =>
        report is { } job && Answer.Text(job, "job_id") is { } handle && PhaseOf(Answer.Text(job, "status")) is { } phase
            ? new Sighting
            {
                Handle = handle,
                Call = call.Id,
                StartMs = call.StartMs,
                EndMs = call.EndMs,
                Phase = phase,
                CreatedAt = Answer.Time(job, "created_at"),
                UpdatedAt = Answer.Time(job, "updated_at"),
                Attempt = Answer.Member(job, "attempt") is { } attempt ? attempt.GetInt32() : null,
                TellsCancel = true,
                Cancel = Answer.Text(job, "cancel"),
            }
            : null;

    /// <summary>A list is read from the database, where progress and its time arrive late: it tells the state alone.</summary>
    private static Sighting? ListEntry(CallRecord call, JsonElement job) =>
        Answer.Text(job, "job_id") is { } handle && PhaseOf(Answer.Text(job, "status")) is { } phase
            ? new Sighting
            {
                Handle = handle,
                Call = call.Id,
                StartMs = call.StartMs,
                EndMs = call.EndMs,
                Phase = phase,
                CreatedAt = Answer.Time(job, "created_at"),
            }
            : null;

    private static (long, string)? WholeOf(JsonElement? marker) =>
        Answer.Member(marker, "size") is { } size && Answer.Text(marker, "sha256") is { } digest ? (size.GetInt64(), digest) : null;

    private static Dictionary<string, string> QuestionsOf(JsonElement? requests) => requests is { ValueKind: JsonValueKind.Object } open
        ? open.EnumerateObject().ToDictionary(question => question.Name, question => Answer.Text(Answer.Member(question.Value, "params"), "message") ?? "")
        : [];

    /// <summary>As tools/chaos_steps writes it: the attempt that made the progress is its message.</summary>
    private static (int, double)? ProgressOf(string? message)
    {
        if (message is null || Progress().Match(message) is not { Success: true } match)
            return null;
        return (int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture), double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
    }

    private static JobPhase? PhaseOf(string? status) => status switch
    {
        "queued" => JobPhase.Queued,
        "working" or "running" => JobPhase.Working,
        "input_required" => JobPhase.InputRequired,
        "completed" => JobPhase.Completed,
        "failed" => JobPhase.Failed,
        "cancelled" => JobPhase.Cancelled,
        _ => null,
    };

    [GeneratedRegex("^([0-9.]+) of [0-9.]+: attempt ([0-9]+)$")]
    private static partial Regex Progress();
}
