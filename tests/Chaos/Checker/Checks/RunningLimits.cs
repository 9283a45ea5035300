using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Pack;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// Never more jobs at once than a tool's limits allow. An attempt certainly held its place from its first effect to its last of which
/// the database knew, in the same moment, that the job had an owner and was in this attempt: what a process does beyond that, because it was
/// paused and does not know of it, is not counted, and neither is what a kill cut off.
/// </summary>
internal sealed class RunningLimits : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var beats = stories.History.Effects.Where(effect => effect is { Kind: "beat", Refused: false, HeldMs: not null }).ToList();
        return Pool(beats.Where(beat => beat.Note == ChaosLimits.ClusterTool), ChaosLimits.ClusterTool, ChaosLimits.InCluster, stories)
            .Concat(beats.Where(beat => beat.Note == ChaosLimits.TenantTool).GroupBy(beat => beat.Tenant)
                .SelectMany(own => Pool(own, $"{ChaosLimits.TenantTool} of {own.Key}", ChaosLimits.InTenant, stories)));
    }

    private static IEnumerable<Violation> Pool(IEnumerable<EffectRecord> beats, string name, int limit, Stories stories)
    {
        var running = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in Changes(beats))
        {
            if (!change.IsStart)
                running.Remove(change.Job);
            else if (running.Add(change.Job) && running.Count > limit)
                yield return new(Promise.LimitIsKept, name, $"had {running.Count} jobs at once, where {limit} are allowed: {string.Join(", ", running)}", Creates(running, stories));
        }
    }

    /// <summary>By time; where one ends as another starts, they were not there at once.</summary>
    private static IEnumerable<(double Ms, bool IsStart, string Job)> Changes(IEnumerable<EffectRecord> beats) => beats
        .GroupBy(beat => (beat.Job, beat.Attempt))
        .Select(attempt => (attempt.Key.Job, From: attempt.Min(beat => beat.DatabaseMs), To: attempt.Max(beat => beat.HeldMs!.Value)))
        .Where(held => held.From < held.To)
        .SelectMany(held => (IEnumerable<(double Ms, bool IsStart, string Job)>)[(held.From, true, held.Job), (held.To, false, held.Job)])
        .OrderBy(change => change.Ms).ThenBy(change => change.IsStart);

    private static long[] Creates(IEnumerable<string> jobs, Stories stories) => [.. jobs.Select(stories.Find).OfType<JobStory>().Select(job => job.Create.Id)];
}
