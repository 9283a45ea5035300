using Actors.Jobs;
using Actors.Storage.Jobs;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Jobs;

/// <summary>A job that tries another one again, which has failed or was cancelled: by hand, since no end ever changes.</summary>
internal sealed partial class JobGrain
{
    /// <summary>The new job's row with the call and the checkpoint of the earlier one. Its steps are copied as the row is stored.</summary>
    private async Task<JobRow> AgainAsync(JobRow row, string earlier)
    {
        var stored = new GrainState<JobState>();
        var id = GrainId.Create(this.GetGrainId().Type, IdSpan.Create(new JobKey(_key.Tenant, earlier).ToString()));
        await storage.ReadStateAsync(JobStorage.StateName, id, stored);
        if (stored.State?.Row is not { } before || !row.Owner.MaySee(before.Owner) || before.Tool != row.Tool)
        {
            throw new JobRefusedException(JobErrors.NothingToRetry(earlier));
        }

        if (before.Status is not (JobStatus.Failed or JobStatus.Cancelled))
        {
            throw new JobRefusedException(JobErrors.NotToBeRetried(earlier, before.Status));
        }

        return row with
        {
            Params = before.Params,
            Labels = before.Labels,
            Priority = before.Priority,
            Checkpoint = before.Checkpoint,
            ExpiresAt = row.RunAt + JobExpiry.Ttl(before.Options?.TtlMs, _terms, await runner.LongestTtlAsync(_key.Tenant)),
            Options = new JobOptions
            {
                Retry = before.Options?.Retry,
                TtlMs = before.Options?.TtlMs,
                FollowUp = before.Options?.FollowUp,
                CalledBy = before.Options?.CalledBy,
                RetryOf = earlier,
                FirstTry = before.Options?.FirstTry ?? earlier,
            },
        };
    }
}
