using System.Globalization;
using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Storage.Results;
using Actors.Tenants;
using Microsoft.Extensions.Options;

namespace Actors.Silo.FollowUps;

/// <summary>
/// A job's result for a call that is made with it: whole, also where it is stored in chunks. What stands for such a result is for people and models;
/// a tool would take it for the result.
/// </summary>
internal sealed class WholeResults(ResultStore store, IOptions<JobLimits> limits)
{
    /// <returns>The job with its whole result, or why the call cannot have it.</returns>
    public async Task<(JobSnapshot Job, string? Refusal)> OfAsync(Principal owner, JobSnapshot job, CancellationToken cancellationToken)
    {
        if (job.Status is not JobStatus.Completed || await store.FindAsync(owner, job.Id, cancellationToken) is not { } head)
        {
            return (job, null);
        }

        var most = limits.Value.MaxParamsBytes;
        return head.Size <= most
            ? (job with { Result = await store.ReadAsync(owner, job.Id, head, 0, (int)head.Size, cancellationToken) }, null)
            : (job, string.Create(CultureInfo.InvariantCulture, $"the result it was to get has {head.Size} bytes, and a call {most} at most."));
    }
}
