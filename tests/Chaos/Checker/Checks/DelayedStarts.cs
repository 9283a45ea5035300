using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// A job that is for later has no effect before its time. That it has one at all is for another check; and one that was cancelled before and
/// is tried again by hand starts at once.
/// </summary>
internal sealed class DelayedStarts : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var calls = stories.History.Calls.Where(call => (call.DelayMs ?? call.StartAtMs) is not null).ToLookup(call => call.Token!);
        return stories.Jobs
            .Where(job => !job.IsRetry && job.Effects.Count > 0 && calls.Contains(job.Token))
            .Select(job => Early([.. calls[job.Token]], job.Effects[0], stories.Clock))
            .OfType<Violation>();
    }

    private static Violation? Early(List<CallRecord> calls, EffectRecord first, DatabaseClock clock)
    {
        // Of several calls with one key any may be the one that counts; the same machine's clock tells all processes when it is.
        var early = calls.Min(call => call.StartMs) + calls[0].DelayMs - clock.LatestMs(first) ?? calls[0].StartAtMs - first.DatabaseMs;
        return early > 0
            ? new(Promise.NothingStartsEarly, first.Job, $"started {early:0} ms before its time", [.. calls.Select(call => call.Id)])
            : null;
    }
}
