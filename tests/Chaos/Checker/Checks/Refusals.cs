using System.Text.Json;
using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>A call that is refused because of a limit is told of one that its tenant has, and starts nothing.</summary>
internal sealed class Refusals : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var started = stories.History.Effects.Where(effect => effect.Kind == "start").ToLookup(effect => effect.Note, effect => effect.Job);
        var refused = stories.History.Calls.Where(call => call.Outcome is Outcome.Answered && Answer.SaysFull(call)).ToList();
        return refused.Select(call => Untrue(call, stories.History.Limits)).OfType<Violation>()
            .Concat(refused.Where(call => call.Token is not null).GroupBy(call => call.Token!)
                .Where(same => started[same.Key].Any() && stories.History.Calls.Where(call => call.Token == same.Key).All(StartsNothing))
                .Select(same => new Violation(
                    Promise.RefusedIsNotStarted, started[same.Key].First(), $"runs, and every call of {same.Key} was refused", [.. same.Select(call => call.Id)])));
    }

    /// <summary>A call without an answer, or with the answer that it may have run, may have started something.</summary>
    private static bool StartsNothing(CallRecord call) =>
        call.Outcome is Outcome.NotConnected || (call.Outcome is Outcome.Answered && (Answer.SaysFull(call) || Answer.SaysConflict(call)));

    private static Violation? Untrue(CallRecord call, IReadOnlyList<LimitRecord> limits)
    {
        var said = Answer.Member(Answer.Result(call), "structuredContent");
        var (value, current) = (Number(said, "value"), Number(said, "current"));
        var allowed = limits.FirstOrDefault(limit => limit.Tenant == call.Caller.Split('/')[0])?.MaxWaitingPerPrincipal;
        var what = value is null || value != allowed ? $"a limit of {value}, which is {allowed}"
            : current < value ? $"{current} jobs, where {value} are allowed"
            : Number(said, "retry_after_ms") is not > 0 ? "no time to come back"
            : null;
        return what is null ? null : new(Promise.ErrorsAreClear, call.Caller, $"was refused because of {what}", call.Id);
    }

    private static long? Number(JsonElement? element, string name) => Answer.Member(element, name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
}
