using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;
using Actors.Chaos.Pack;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// Never more jobs at once than a tool's limits allow, or its tenant's. An attempt certainly held its place from its first effect to its last of which
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
                .SelectMany(own => Pool(own, $"{ChaosLimits.TenantTool} of {own.Key}", ChaosLimits.InTenant, stories)))
            .Concat(stories.History.Limits.SelectMany(limit => OfOperator(limit, stories)));
    }

    /// <summary>All that a tenant's tools do counts, while its limits are certainly in force.</summary>
    private static IEnumerable<Violation> OfOperator(LimitRecord limit, Stories stories)
    {
        var effects = stories.History.Effects
            .Where(effect => effect is { Refused: false, HeldMs: not null } && effect.Tenant == limit.Tenant && effect.DatabaseMs >= limit.FromMs && effect.HeldMs <= limit.ToMs)
            .ToList();
        if (limit.MaxRunning is { } most)
        {
            foreach (var violation in Pool(effects, limit.Tenant, most, stories))
                yield return violation;
        }

        if (limit.MaxRunningPerPrincipal is not { } ofEach)
            yield break;
        var owners = stories.History.Effects.Where(effect => effect.Kind == "start").DistinctBy(effect => effect.Job)
            .ToDictionary(effect => effect.Job, effect => TokenText.Owners(effect.Note).FirstOrDefault());
        foreach (var own in effects.GroupBy(effect => owners.GetValueOrDefault(effect.Job)).Where(own => own.Key is not null))
        {
            foreach (var violation in Pool(own, own.Key!, ofEach, stories))
                yield return violation;
        }
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
