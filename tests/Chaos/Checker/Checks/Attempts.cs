using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// Attempts have their effects one after the other, each number is run once, and each goes on from the last checkpoint. An effect
/// that the table refused is no fault: a tool cannot know at once that it was overtaken, and that is what the fence is for.
/// </summary>
internal sealed class Attempts : ICheck
{
    public IEnumerable<Violation> Run(Stories stories) => stories.Jobs.SelectMany(job => Overlaps(job).Concat(Steps(job, SavedBefore(job, stories))));

    private static IEnumerable<Violation> Overlaps(JobStory job)
    {
        foreach (var starts in job.Effects.Where(effect => effect.Kind == "start").GroupBy(effect => effect.Attempt).Where(starts => starts.Count() > 1))
            yield return Overlap(job, $"attempt {starts.Key} was started {starts.Count()} times");
        var newest = 0;
        foreach (var effect in job.Effects.Where(effect => !effect.Refused))
        {
            if (effect.Attempt < newest)
                yield return Overlap(job, $"attempt {effect.Attempt} had the effect {effect.Kind} {effect.Step} after attempt {newest} had one");
            newest = Math.Max(newest, effect.Attempt);
        }

        // The tool's last act is the effect "end": an attempt whose result stands has it, and no later one has anything.
        var result = job.AllSightings.FirstOrDefault(seen => seen.Phase is JobPhase.Completed && seen.Ending is not null);
        if (Results.AttemptIn(result?.ResultText) is not { } attempt)
            yield break;
        if (newest > attempt)
            yield return Overlap(job, $"the result is of attempt {attempt}, and attempt {newest} had effects too", result!.Call);
        if (job.Effects.Count > 0 && !job.Effects.Any(effect => effect.Attempt == attempt && effect is { Kind: "end", Refused: false }))
            yield return Overlap(job, $"the result is of attempt {attempt}, which did not get to its end", result!.Call);
    }

    /// <summary>The last checkpoint that the jobs had certainly saved which this one tries again.</summary>
    private static int SavedBefore(JobStory job, Stories stories) => job.Effects.Count == 0
        ? 0
        : stories.FamilyOf(job).TakeWhile(effect => effect.Seq < job.Effects[0].Seq)
            .Where(effect => effect is { Kind: "step", Refused: false } && effect.Job != job.Handle)
            .Select(effect => effect.Step - 1).DefaultIfEmpty().Max();

    private static IEnumerable<Violation> Steps(JobStory job, int saved)
    {
        if (job.Tool is not ("chaos_steps" or "chaos_stubborn"))
            yield break;
        var expected = 0;
        foreach (var effect in job.Effects.Where(effect => !effect.Refused))
        {
            if (effect.Kind == "start")
            {
                if (effect.Step < saved)
                    yield return new(Promise.NoCheckpointIsLost, job.Handle, $"attempt {effect.Attempt} went on from checkpoint {effect.Step}, and {saved} was saved", job.Create.Id);
                expected = effect.Step;
            }
            else if (effect.Kind == "step")
            {
                if (effect.Step != ++expected)
                    yield return Overlap(job, $"attempt {effect.Attempt} made step {effect.Step} where {expected} was its next");
                // The tool makes a step only when the checkpoint of the one before is acknowledged.
                saved = Math.Max(saved, effect.Step - 1);
            }
        }
    }

    private static Violation Overlap(JobStory job, string what, params IReadOnlyList<long> calls) =>
        new(Promise.AttemptsDoNotOverlap, job.Handle, what, calls.Count > 0 ? calls : [job.Create.Id]);
}
