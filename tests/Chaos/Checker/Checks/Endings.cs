using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>Every acknowledged job ends, in one state, and every endpoint says the same of it.</summary>
internal sealed class Endings : ICheck
{
    public IEnumerable<Violation> Run(Stories stories) =>
        stories.Jobs.SelectMany(job => Unfinished(job, stories.History).Concat(Different(job)));

    private static IEnumerable<Violation> Unfinished(JobStory job, History history)
    {
        if (history.Final is not { } final)
            yield break;
        var last = job.Calls.Where(call => call.Method == "tasks/get" && call.StartMs >= final.FromMs).ToLookup(call => call.Via);
        foreach (var reader in final.Readers)
        {
            var read = job.Sightings.Where(seen => last[reader].Any(call => call.Id == seen.Call)).ToList();
            if (read.Count == 0)
                yield return new(Promise.EveryJobEnds, job.Handle, $"could not be read through {reader} after everything was healed", job.Create.Id);
            else if (!read.Exists(seen => seen.IsTerminal))
                yield return new(Promise.EveryJobEnds, job.Handle, $"is {read[^1].Phase} through {reader} after everything was healed", read[^1].Call);
        }
    }

    private static IEnumerable<Violation> Different(JobStory job)
    {
        Sighting? first = null, withEnding = null;
        foreach (var seen in job.AllSightings.Where(seen => seen.IsTerminal).OrderBy(seen => seen.EndMs))
        {
            first ??= seen;
            if (seen.Phase != first.Phase)
                yield return new(Promise.OneTerminalState, job.Handle, $"ended as {first.Phase} and as {seen.Phase}", first.Call, seen.Call);
            else if (seen.Ending is not null && withEnding is not null && seen.Ending != withEnding.Ending)
                yield return new(Promise.ResultNeverChanges, job.Handle, "showed two results", withEnding.Call, seen.Call);
            if (seen.Ending is not null)
                withEnding ??= seen;
        }
    }
}
