using System.Text.RegularExpressions;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// A client that is not served learns why in a way it can act on: try again (503), look before trying again (504, where a tool was
/// called), no such job. Nothing generic, nothing from the inside.
/// </summary>
internal sealed partial class Errors : ICheck
{
    private const int Unavailable = 503;
    private const int Uncertain = 504;
    private const int InvalidParams = -32602;

    public IEnumerable<Violation> Run(Stories stories) => stories.History.Calls
        .Where(call => call.Outcome is Outcome.Answered)
        .Select(call => (Call: call, What: Fault(call)))
        .Where(pair => pair.What is not null)
        .Select(pair => new Violation(Promise.ErrorsAreClear, pair.Call.Handle ?? pair.Call.Caller, pair.What!, pair.Call.Id));

    private static string? Fault(CallRecord call)
    {
        if (call.Method == "subscriptions/listen" && call.Body is null && call.Status == 200)
            return null; // A stream: its messages are recorded one by one.
        if (call.Body is not { } body)
            return $"HTTP {call.Status} without JSON: {call.Detail}";
        if (Answer.Error(call) is { } error)
            return ErrorFault(call, Answer.Text(error, "message") ?? "", body.GetRawText());
        if (Answer.Result(call) is not { } result)
            return $"neither result nor error: {body.GetRawText()}";
        return Answer.IsToolError(result) && !Answer.SaysUnknown(call) && !Answer.SaysClosed(call) && !Answer.SaysFull(call) ? $"the tool {call.Tool} failed: {Answer.FirstText(result)}" : null;
    }

    private static string? ErrorFault(CallRecord call, string message, string body)
    {
        if (Inside().IsMatch(body))
            return $"an error shows the inside: {message}";
        return (Answer.ErrorCode(call), call.Status) switch
        {
            (Unavailable, Unavailable) => null,
            (Uncertain, 200) when call.Method == "tools/call" => null,
            (InvalidParams, 200) when Answer.SaysUnknown(call) || Answer.SaysConflict(call) => null,
            var (code, status) => $"error {code} on HTTP {status}: {message}",
        };
    }

    [GeneratedRegex(@"\n?\s+at [A-Za-z_.]+\(|Npgsql|Exception\b|Orleans|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) |actors\.(jobs|silos|journal)|127\.0\.0\.1")]
    private static partial Regex Inside();
}
