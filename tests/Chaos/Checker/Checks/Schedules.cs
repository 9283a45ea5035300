using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>
/// Every due time of a schedule is one job that ran to its end, or is on record as left out for a reason that its rule allows; no job
/// of it is without a due time, and no two run at once.
/// </summary>
internal sealed class Schedules : ICheck
{
    private const double MinuteMs = 60_000;

    /// <summary>A due time may still be under way when the last report is made.</summary>
    private const double SettlingMs = 60_000;

    /// <summary>The longest that storing a job's end may take after its tool's last act.</summary>
    private const double EndingMs = 60_000;

    /// <summary>How late a run may be before its rule decides (Actors:Schedules:Grace), and what the fault before it leaves to do.</summary>
    private const double GraceMs = 90_000;

    public IEnumerable<Violation> Run(Stories stories) => stories.History.Final is { } final
        ? stories.History.Schedules.SelectMany(schedule => Of(schedule, final, stories))
        : [];

    private static IEnumerable<Violation> Of(ScheduleRecord schedule, FinalRead final, Stories stories)
    {
        var reports = stories.History.Calls
            .Where(call => call is { Tool: "schedule_get", Outcome: Outcome.Answered } && call.Caller == schedule.Caller && Answer.Text(call.Sent, "name") == schedule.Name)
            .ToList();
        var last = reports.Where(call => Answer.IsAcknowledged(call)).MaxBy(call => call.StartMs);
        var calls = stories.History.Calls.Where(call => call.Tool == "schedule_create" && call.Token == schedule.Token).Select(call => call.Id).ToList();
        if (Answer.Member(last is null ? null : Answer.Result(last), "structuredContent") is not { } report || Answer.Time(report, "next_at") is not { } next)
            return [new(Promise.EachDueTimeRunsOnce, schedule.Name, $"of {schedule.Caller} could not be read, or is not due again", [.. calls, .. reports.Select(call => call.Id)])];
        var findings = new List<string>();
        var nextMs = (double)next.ToUnixTimeMilliseconds();
        var runs = Answer.Member(report, "runs")!.Value.EnumerateArray().Select(ScheduledRun.Of).OrderBy(run => run.DueMs).ToList();
        if (stories.Clock.EarliestMs(nextMs) < Math.Min(final.FromMs, last!.StartMs) - SettlingMs)
            findings.Add($"has not come further than what was due at {Text(nextMs)}");
        findings.AddRange(Covered(schedule, runs, nextMs));
        findings.AddRange(LeftOut(schedule, runs, stories));
        findings.AddRange(Jobs(schedule, runs, nextMs, stories));
        return findings.Select(what => new Violation(Promise.EachDueTimeRunsOnce, $"{schedule.Caller}:{schedule.Name}", what, [.. calls, last!.Id]));
    }

    /// <summary>The rows follow each other from the first due time to the next one, with none left out and none twice.</summary>
    private static IEnumerable<string> Covered(ScheduleRecord schedule, List<ScheduledRun> runs, double nextMs)
    {
        var expected = schedule.FirstDueMs;
        foreach (var run in runs)
        {
            if (run.DueMs > expected)
                yield return $"says nothing of what was due from {Text(expected)} until {Text(run.DueMs)}";
            else if (run.DueMs < expected)
                yield return $"has {Text(run.DueMs)} twice";
            expected = run.LastDueMs + MinuteMs;
        }

        if (expected != nextMs)
            yield return $"says nothing of what was due from {Text(expected)} until {Text(nextMs)}";
    }

    private static IEnumerable<string> LeftOut(ScheduleRecord schedule, List<ScheduledRun> runs, Stories stories)
    {
        foreach (var run in runs.Where(run => run.Outcome == "refused"))
            yield return $"was refused at {Text(run.DueMs)}: {run.Note}";
        foreach (var run in runs.Where(run => run.Outcome == "missed"))
        {
            if (schedule.CatchUp == "all")
                yield return $"missed what was due at {Text(run.DueMs)}, and catches up with all";
            else if (run.LastDueMs > schedule.CreatedMs && !WasDisturbed(run.LastDueMs, stories))
                yield return $"missed what was due at {Text(run.LastDueMs)}, and nothing was in the way";
        }

        foreach (var run in runs.Where(run => run.Outcome == "skipped"))
        {
            var before = runs.LastOrDefault(other => other.Job is not null && other.DueMs < run.DueMs);
            var ended = stories.History.Effects.LastOrDefault(effect => effect.Job == before?.Job && effect is { Kind: "end", Refused: false });
            if (schedule.CatchUp == "all" || before is null || ended?.DatabaseMs < run.DueMs - EndingMs)
                yield return $"skipped what was due at {Text(run.DueMs)}, and the run before had ended: {run.Note}";
        }
    }

    private static bool WasDisturbed(double dueMs, Stories stories) => stories.Clock.EarliestMs(dueMs) is not { } due
        || stories.History.Faults.Any(fault => fault.StartMs < due + GraceMs && fault.EndMs > due - GraceMs);

    private static IEnumerable<string> Jobs(ScheduleRecord schedule, List<ScheduledRun> runs, double nextMs, Stories stories)
    {
        var dueOf = runs.Where(run => run.Job is not null).ToLookup(run => run.Job!);
        foreach (var twice in dueOf.Where(same => same.Count() > 1))
            yield return $"has one job, {twice.Key}, for {twice.Count()} due times";
        var jobs = stories.History.Effects.Where(effect => effect is { Kind: "start", Refused: false } && effect.Note == schedule.Token).Select(effect => effect.Job).ToHashSet();
        var effects = stories.History.Effects.Where(effect => !effect.Refused && (jobs.Contains(effect.Job) || dueOf.Contains(effect.Job))).OrderBy(effect => effect.Seq).ToLookup(effect => effect.Job);
        // What is due after the last report may have a job that the report does not know.
        foreach (var job in effects.Where(own => own.First().DatabaseMs < nextMs && !dueOf.Contains(own.Key)))
            yield return $"had a job, {job.Key}, for no due time";
        foreach (var run in runs.Where(run => run.Outcome == "started"))
        {
            if (run.JobStatus != "completed" || !effects[run.Job!].Any(effect => effect.Kind == "end"))
                yield return $"became the job {run.Job} at {Text(run.DueMs)}, which is {run.JobStatus} with the effects {string.Join(' ', effects[run.Job!].Select(effect => effect.Kind))}";
        }

        foreach (var (one, other) in effects.OrderBy(own => own.First().Seq).Zip(effects.OrderBy(own => own.First().Seq).Skip(1)))
        {
            if (one.Last().Seq > other.First().Seq)
                yield return $"had two jobs at once: {one.Key} and {other.Key}";
        }
    }

    private static string Text(double ms) => $"{DateTimeOffset.FromUnixTimeMilliseconds((long)ms):HH:mm}";
}
