using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>How long a call is held open for its job.</summary>
internal static class SyncWindows
{
    /// <summary>Nothing, for a job that will not even have begun when the window closes.</summary>
    public static TimeSpan Of(JobSnapshot job, TimeSpan window) =>
        job.Status == JobStatus.Queued && job.StartAt - job.CreatedAt >= window && job.StartAt - job.UpdatedAt >= window ? TimeSpan.Zero : window;
}
