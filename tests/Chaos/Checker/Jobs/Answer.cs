using System.Text.Json;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Jobs;

/// <summary>What the checks ask of an answer's JSON.</summary>
public static class Answer
{
    public static JsonElement? Result(CallRecord call) => Member(call.Body, "result");

    public static JsonElement? Error(CallRecord call) => Member(call.Body, "error");

    public static int? ErrorCode(CallRecord call) => Error(call) is { } error && Member(error, "code") is { } code && code.TryGetInt32(out var number) ? number : null;

    /// <summary>A result without an error in it: the server did, or acknowledges, what was asked.</summary>
    public static bool IsAcknowledged(CallRecord call) => Result(call) is { } result && !IsToolError(result);

    public static bool IsToolError(JsonElement result) => Member(result, "isError") is { ValueKind: JsonValueKind.True };

    /// <summary>The handle of the job that a tools/call made.</summary>
    public static string? Created(CallRecord call) =>
        call.Method == "tools/call" && Result(call) is { } result && Text(result, "resultType") == "task" ? Text(result, "taskId") : null;

    /// <summary>The server knows no such job, or none of this caller's.</summary>
    public static bool SaysUnknown(CallRecord call) => Error(call) is { } error
        ? ErrorCode(call) == -32602 && Text(error, "message") is { } message
            && (message.Contains("no task", StringComparison.Ordinal) || message.StartsWith("Resource not found.", StringComparison.Ordinal))
        : Result(call) is { } result && IsToolError(result) && FirstText(result)?.Contains("no job", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The handle of the job that tries another one again.</summary>
    public static string? Retried(CallRecord call) =>
        call.Tool == "job_retry" && IsAcknowledged(call) ? Text(Member(Result(call), "structuredContent"), "job_id") : null;

    /// <summary>The call was not taken because of a limit.</summary>
    public static bool SaysFull(CallRecord call) =>
        call.Method == "tools/call" && Result(call) is { } result && IsToolError(result) && Text(Member(result, "structuredContent"), "limit") is not null;

    /// <summary>The key of the call is that of a call with other arguments.</summary>
    public static bool SaysConflict(CallRecord call) =>
        ErrorCode(call) == -32602 && Text(Error(call), "message")?.Contains("stands for a call with other arguments", StringComparison.Ordinal) == true;

    /// <summary>A job_respond whose answer is the one.</summary>
    public static bool SaysTaken(CallRecord call) =>
        call.Tool == "job_respond" && Result(call) is { } result && FirstText(result)?.StartsWith("The answer is taken.", StringComparison.Ordinal) == true;

    /// <summary>A job_respond that came after the question was closed.</summary>
    public static bool SaysClosed(CallRecord call) =>
        call.Tool == "job_respond" && Result(call) is { } result && FirstText(result) is { } text
        && (text.StartsWith("The job asks nothing now", StringComparison.Ordinal) || text.StartsWith("There is no open question", StringComparison.Ordinal));

    public static string? FirstText(JsonElement result) =>
        Member(result, "content") is { ValueKind: JsonValueKind.Array } content && content.GetArrayLength() > 0 ? Text(content[0], "text") : null;

    public static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } here && here.TryGetProperty(name, out var value) ? value : null;

    public static string? Text(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static DateTimeOffset? Time(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var time) ? time : null;
}
