using Actors.Chaos.Checker.Jobs;
using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Checker.Checks;

/// <summary>A first page of job_list holds every job of its caller that was acknowledged before and is newer than the page's last.</summary>
internal sealed class Lists : ICheck
{
    public IEnumerable<Violation> Run(Stories stories)
    {
        var jobs = stories.Jobs.Select(job => (Job: job, Seen: SightingReader.Read(job.Create).First())).ToLookup(pair => pair.Job.Owner);
        foreach (var list in stories.History.Calls.Where(call => call is { Tool: "job_list", Outcome: Outcome.Answered } && Answer.IsAcknowledged(call)))
        {
            var page = SightingReader.Read(list).ToDictionary(seen => seen.Handle);
            var hasMore = Answer.Text(Answer.Member(Answer.Result(list), "structuredContent"), "next_cursor") is not null;
            var from = hasMore ? page.Values.Min(seen => seen.CreatedAt) : DateTimeOffset.MinValue;
            foreach (var (job, seen) in jobs[list.Caller].Where(pair => pair.Job.Create.EndMs < list.StartMs && pair.Seen.CreatedAt > from))
            {
                if (!page.ContainsKey(job.Handle))
                    yield return new(Promise.ListHoldsEveryJob, job.Handle, $"is missing from a list of {list.Caller}", job.Create.Id, list.Id);
            }
        }
    }
}
