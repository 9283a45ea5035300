using System.Text.Json;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>A handle that was acknowledged is known to every endpoint from then on.</summary>
internal sealed class Handles : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var acknowledged = stories.History.Events
            .Where(message => Answer.Text(message.Body, "method") == "notifications/subscriptions/acknowledged")
            .GroupBy(message => message.Stream)
            .ToDictionary(messages => messages.Key, messages => messages.First());
        return Twice(stories.History).Concat(stories.Jobs.SelectMany(job => job.Calls
            .Where(call => call.StartMs > job.Create.EndMs)
            .Where(call => (call.Outcome is Outcome.Answered && Answer.SaysUnknown(call)) || IsLeftOut(call, acknowledged))
            .Select(call => new Violation(Promise.HandleStaysKnown, job.Handle, $"{call.Method} {call.Tool} through {call.Via} did not know it", job.Create.Id, call.Id))));
    }

    /// <summary>A handle is given to one create alone, or to those with one key.</summary>
    private static IEnumerable<Violation> Twice(History history) => history.Calls
        .Select(call => (Call: call, Handle: call.Outcome is Outcome.Answered ? Answer.Created(call) : null))
        .Where(pair => pair.Handle is not null)
        .GroupBy(pair => pair.Handle!)
        .Where(creates => creates.Select(pair => pair.Call.Key is { } key ? $"{pair.Call.Caller} {pair.Call.Tool} {key}" : $"#{pair.Call.Id}").Distinct().Count() > 1)
        .Select(creates => new Violation(Promise.HandleStaysKnown, creates.Key, "was given out twice", [.. creates.Select(pair => pair.Call.Id)]));

    private static bool IsLeftOut(CallRecord call, Dictionary<long, StreamEvent> acknowledged) =>
        call.Method == "subscriptions/listen"
        && acknowledged.TryGetValue(call.Id, out var message)
        && !Accepted(message).Contains(call.Handle);

    internal static IEnumerable<string?> Accepted(StreamEvent acknowledgement) =>
        Answer.Member(Answer.Member(Answer.Member(acknowledgement.Body, "params"), "notifications"), "taskIds") is { ValueKind: JsonValueKind.Array } ids
            ? ids.EnumerateArray().Select(id => id.GetString())
            : [];
}
