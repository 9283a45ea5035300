using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>Calls of one caller to one tool with one key are one job; with other arguments they are refused, and never without.</summary>
internal sealed class Keys : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var started = stories.History.Effects.Where(effect => effect.Kind == "start").ToLookup(effect => effect.Note, effect => effect.Family ?? effect.Job);
        return stories.History.Calls
            .Where(call => call is { Method: "tools/call", Key: not null })
            .GroupBy(call => (call.Caller, call.Tool, call.Key))
            .SelectMany(same => OneJob([.. same], started).Concat(Conflicts([.. same])));
    }

    private static IEnumerable<Violation> OneJob(List<CallRecord> same, ILookup<string, string> started)
    {
        var created = Acknowledged(same).DistinctBy(Answer.Created).ToList();
        if (created.Count > 1)
            yield return new(Promise.KeyMeansOneJob, Answer.Created(created[0])!, $"{Name(same)} became {created.Count} jobs", Ids(created));
        // A call whose answer was lost may have made one too.
        foreach (var token in same.Select(call => call.Token).OfType<string>().Distinct())
        {
            var jobs = started[token].Distinct().ToList();
            if (jobs.Count > 1)
                yield return new(Promise.KeyMeansOneJob, jobs[0], $"{Name(same)} ran as {jobs.Count} jobs: {string.Join(", ", jobs)}", Ids(same));
        }
    }

    private static IEnumerable<Violation> Conflicts(List<CallRecord> same)
    {
        var created = Acknowledged(same).ToList();
        var accepted = created.DistinctBy(Arguments).ToList();
        if (accepted.Count > 1)
            yield return new(Promise.KeyConflictIsRefused, Answer.Created(accepted[0])!, $"{Name(same)} was accepted with different arguments", Ids(accepted));
        foreach (var refused in same.Where(call => call.Outcome is Outcome.Answered && Answer.SaysConflict(call)))
        {
            var named = Answer.Text(Answer.Member(Answer.Error(refused), "data"), "taskId");
            if (created.Exists(call => Arguments(call) == Arguments(refused)) || !same.Exists(call => MayBeFirst(call, refused)))
                yield return new(Promise.KeyConflictIsRefused, named ?? refused.Caller, $"{Name(same)} was refused, and its arguments are those of the job", Ids([.. created, refused]));
            else if (created.Find(call => Answer.Created(call) != named) is { } other)
                yield return new(Promise.KeyConflictIsRefused, Answer.Created(other)!, $"{Name(same)} was refused for the job {named}, which is not its job", other.Id, refused.Id);
        }
    }

    /// <summary>Whether the call may have made the job that the other was refused for.</summary>
    private static bool MayBeFirst(CallRecord call, CallRecord refused) =>
        Arguments(call) != Arguments(refused) && call.Outcome is not Outcome.NotConnected && call.StartMs < refused.EndMs;

    private static IEnumerable<CallRecord> Acknowledged(List<CallRecord> calls) =>
        calls.Where(call => call.Outcome is Outcome.Answered && Answer.Created(call) is not null);

    private static string Arguments(CallRecord call) => call.Sent?.GetRawText() ?? "";

    private static string Name(List<CallRecord> same) => $"the key {same[0].Key} of {same[0].Caller} for {same[0].Tool}";

    private static long[] Ids(IEnumerable<CallRecord> calls) => [.. calls.Select(call => call.Id)];
}
