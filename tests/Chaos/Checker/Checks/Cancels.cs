using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>A wish to cancel that was acknowledged is on record, starts no further attempt, and stops the one that runs.</summary>
internal sealed class Cancels : ICheck
{
    /// <summary>
    /// An attempt that was on its way when the wish was stored may still say that it starts; one whose process was stopped in between says so when it goes on,
    /// and the job is not its own any more by then.
    /// </summary>
    private const double StartMarginMs = 5_000;

    /// <summary>The longest that the wish may take to the tool: a paused silo, and the lease that has to lapse after it.</summary>
    private const double DeliveryMarginMs = 45_000;

    public IEnumerable<Violation> Run(Stories stories) => stories.Jobs
        .Select(job => (Job: job, First: job.Cancels.Where(Answer.IsAcknowledged).MinBy(cancel => cancel.EndMs)))
        .Where(pair => pair.First is not null)
        .SelectMany(pair => Forgotten(pair.Job, pair.First!).Concat(Effects(pair.Job, pair.First!, stories.Clock)));

    private static IEnumerable<Violation> Forgotten(JobStory job, CallRecord cancel)
    {
        var after = job.AllSightings.Where(seen => seen.StartMs > cancel.EndMs).ToList();
        // Cancelling a job that had ended changes nothing; one that was seen at work later had not.
        var atWork = after.Find(seen => !seen.IsTerminal);
        var without = after.Find(seen => seen is { TellsCancel: true, Cancel: null });
        if (atWork is not null && without is not null)
            yield return new(Promise.CancelIsNotForgotten, job.Handle, "an answer shows no sign of the wish to cancel it", cancel.Id, atWork.Call, without.Call);
    }

    private static IEnumerable<Violation> Effects(JobStory job, CallRecord cancel, DatabaseClock clock)
    {
        foreach (var effect in job.Effects.Where(effect => !effect.Refused))
        {
            if (clock.EarliestMs(effect) is not { } at)
                yield break;
            if (effect is { Kind: "start", HeldMs: not null } && at > cancel.EndMs + StartMarginMs)
                yield return new(Promise.CancelIsNotForgotten, job.Handle, $"attempt {effect.Attempt} started {(at - cancel.EndMs) / 1000:0.0} s after the cancel was acknowledged", cancel.Id);
            else if (job.Tool != "chaos_stubborn" && at > cancel.EndMs + DeliveryMarginMs)
                yield return new(Promise.CancelIsNotForgotten, job.Handle, $"attempt {effect.Attempt} worked on {(at - cancel.EndMs) / 1000:0.0} s after the cancel was acknowledged", cancel.Id);
        }
    }
}
