using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>Nobody sees, or may touch, what belongs to another tenant or to another subject of the same.</summary>
internal sealed class Isolation : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var callers = stories.History.Calls.ToDictionary(call => call.Id, call => call.Caller);
        return stories.History.Calls.SelectMany(call => OfCall(call, stories))
            .Concat(stories.History.Events.SelectMany(message => OfEvent(message, callers[message.Stream], stories)))
            .Concat(stories.Jobs.SelectMany(OfEffects));
    }

    private static IEnumerable<Violation> OfCall(CallRecord call, Stories stories)
    {
        if (call.Outcome is not Outcome.Answered || call.Body is not { } body)
            yield break;
        if (call.Handle is { } named && stories.Find(named) is { } job && job.Owner != call.Caller && call.Method != "subscriptions/listen" && Answer.IsAcknowledged(call))
            yield return new(Promise.NobodyElseSeesIt, named, $"belongs to {job.Owner}, and {call.Method} {call.Tool} of {call.Caller} was served", call.Id);
        if (Foreign(body.GetRawText(), call.Caller) is { } owner)
            yield return new(Promise.NobodyElseSeesIt, call.Handle ?? call.Caller, $"an answer to {call.Caller} holds what belongs to {owner}", call.Id);
        foreach (var seen in SightingReader.Read(call))
        {
            if (stories.Find(seen.Handle) is { } found && found.Owner != call.Caller)
                yield return new(Promise.NobodyElseSeesIt, seen.Handle, $"belongs to {found.Owner}, and {call.Caller} sees it", call.Id);
        }
    }

    private static IEnumerable<Violation> OfEvent(StreamEvent message, string caller, Stories stories)
    {
        if (Foreign(message.Body.GetRawText(), caller) is { } owner)
            yield return new(Promise.NobodyElseSeesIt, caller, $"a stream of {caller} holds what belongs to {owner}", message.Stream);
        foreach (var handle in Handles.Accepted(message).Append(Answer.Text(Answer.Member(message.Body, "params"), "taskId")).OfType<string>())
        {
            if (stories.Find(handle) is { } job && job.Owner != caller)
                yield return new(Promise.NobodyElseSeesIt, handle, $"belongs to {job.Owner}, and a stream of {caller} follows it", message.Stream);
        }
    }

    private static IEnumerable<Violation> OfEffects(JobStory job)
    {
        var tenant = job.Owner.Split('/')[0];
        if (job.Effects.Find(effect => effect.Tenant != tenant) is { } foreign)
            yield return new(Promise.NobodyElseSeesIt, job.Handle, $"belongs to {job.Owner}, and ran as a job of {foreign.Tenant}", job.Create.Id);
    }

    private static string? Foreign(string text, string caller) => TokenText.Owners(text).FirstOrDefault(owner => owner != caller);
}
