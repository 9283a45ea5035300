using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>A job that failed or was cancelled is tried again by hand as one job, however often that is asked for; one that completed is not.</summary>
internal sealed class Retries : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var answers = stories.History.Calls.Where(call => Answer.Retried(call) is not null).ToList();
        return Twice(answers).Concat(AfterSuccess(answers, stories)).Concat(stories.Jobs.Where(job => !job.IsRetry).SelectMany(job => TooMany(job, stories)));
    }

    private static IEnumerable<Violation> Twice(List<CallRecord> answers) => answers
        .Where(call => RetryOf(call) is not null)
        .GroupBy(call => RetryOf(call)!)
        .Where(same => same.Select(Answer.Retried).Distinct().Count() > 1)
        .Select(same => new Violation(
            Promise.RetryIsOneJob, same.Key, $"is tried again as {string.Join(" and as ", same.Select(Answer.Retried).Distinct())}", [.. same.Select(call => call.Id)]));

    private static IEnumerable<Violation> AfterSuccess(List<CallRecord> answers, Stories stories) =>
        from call in answers
        let earlier = stories.Find(RetryOf(call) ?? "")
        let completed = earlier?.AllSightings.FirstOrDefault(seen => seen.Phase is JobPhase.Completed)
        where completed is not null
        select new Violation(Promise.RetryIsOneJob, earlier!.Handle, $"has completed, and is tried again as {Answer.Retried(call)}", completed.Call, call.Id);

    /// <summary>Each request starts one at most, also where its answer was lost.</summary>
    private static IEnumerable<Violation> TooMany(JobStory job, Stories stories)
    {
        var jobs = stories.FamilyOf(job).Select(effect => effect.Job).Append(job.Handle).Distinct().ToList();
        if (jobs.Count == 1)
            yield break;
        // A job that was cancelled before it began has no effects, and may have been named all the same.
        var handles = stories.Jobs.Where(other => other.Token == job.Token).Select(other => other.Handle).Concat(jobs).ToHashSet();
        var asked = stories.History.Calls.Where(call => call.Tool == "job_retry" && call.Outcome is not Outcome.NotConnected && handles.Contains(call.Handle!)).ToList();
        if (jobs.Count > asked.Count + 1)
            yield return new(Promise.RetryIsOneJob, job.Handle, $"was tried again {jobs.Count - 1} times, and that was asked for {asked.Count} times", [job.Create.Id, .. asked.Select(call => call.Id)]);
    }

    private static string? RetryOf(CallRecord call) => Answer.Text(Answer.Member(Answer.Result(call), "structuredContent"), "retry_of");
}
