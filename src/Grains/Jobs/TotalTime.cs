using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>The time that a job has in all, from its first start, the time it waits for answers not counted.</summary>
public static class TotalTime
{
    /// <summary>When it is over, should the job wait for no more answers; null: no limit, or not started.</summary>
    public static DateTimeOffset? DeadlineOf(JobRow row, JobAttribute terms) =>
        terms.TotalTimeoutSeconds > 0 && row.StartedAt is { } started
            ? started + TimeSpan.FromSeconds(terms.TotalTimeoutSeconds) + row.Waited
            : null;
}
