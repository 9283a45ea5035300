using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary>
/// Tells a job's new state from one that its watcher has had. A watch that moves to another silo begins with the state that is
/// stored, which may be the last one shown, with the progress of up to a second ago.
/// </summary>
internal static class JobNews
{
    public static bool Is(JobSnapshot job, JobSnapshot? seen)
    {
        if (seen is null || job.Attempt > seen.Attempt)
            return true;
        if (job.Attempt < seen.Attempt || seen.IsTerminal)
            return false;
        if (job.Status != seen.Status || job.Cancel != seen.Cancel || job.StatusMessage != seen.StatusMessage || AsksElse(job, seen))
            return true;
        return (job.Progress, seen.Progress) switch
        {
            (null, _) => false,
            (_, null) => true,
            var (now, before) => now.Progress >= before.Progress && now != before,
        };
    }

    /// <summary>Whether nothing but its log has changed. The two are of one watch.</summary>
    public static bool IsLogOnly(JobSnapshot job, JobSnapshot? seen) =>
        seen is not null && job.LogLines != seen.LogLines && job.UpdatedAt == seen.UpdatedAt && !Is(job, seen);

    private static bool AsksElse(JobSnapshot job, JobSnapshot seen) =>
        !job.InputRequests.Select(question => question.Key).SequenceEqual(seen.InputRequests.Select(question => question.Key));
}
