using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// The work of a step is not done again once its result was stored, which it was when the tool got it; and every attempt gets the
/// result of the last time that the work was done. A job that tries another one again by hand goes on with what that one had stored.
/// </summary>
internal sealed class KeptSteps : ICheck
{
    public IEnumerable<Violation> Run(Stories stories) => stories.Jobs
        .Where(job => job is { Tool: "chaos_once", IsRetry: false })
        .SelectMany(job => Counting([.. stories.FamilyOf(job).Where(effect => !effect.Refused)])
            .Where(effect => effect.Kind is "work" or "kept").GroupBy(effect => effect.Step).SelectMany(step => Step(job, [.. step])));

    /// <summary>Without work that a process does for a job which has ended and is tried again: it learns late that nobody waits for it.</summary>
    private static IEnumerable<EffectRecord> Counting(List<EffectRecord> family)
    {
        var jobs = family.Select(effect => effect.Job).Distinct().ToList();
        var newest = 0;
        foreach (var effect in family)
        {
            newest = Math.Max(newest, jobs.IndexOf(effect.Job));
            if (effect.Kind != "work" || effect.Job == jobs[newest])
                yield return effect;
        }
    }

    private static IEnumerable<Violation> Step(JobStory job, List<EffectRecord> effects)
    {
        EffectRecord? kept = null, work = null;
        foreach (var effect in effects)
        {
            if (effect.Kind == "work" && kept is not null)
                yield return Broken(job, $"attempt {effect.Attempt} did the work of step {effect.Step} again, whose result attempt {kept.Attempt} had got");
            else if (effect.Kind == "kept" && effect.Note != (kept ?? work)?.Note)
                yield return Broken(job, $"attempt {effect.Attempt} got \"{effect.Note}\" from step {effect.Step}, where \"{(kept ?? work)?.Note}\" was its result");
            if (effect.Kind == "work")
                work = effect;
            else
                kept ??= effect;
        }
    }

    private static Violation Broken(JobStory job, string what) => new(Promise.StepRunsOnce, job.Handle, what, job.Create.Id);
}
