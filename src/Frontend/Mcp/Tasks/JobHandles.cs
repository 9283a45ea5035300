using Actors.Frontend.Retries;
using Actors.Jobs;
using Actors.Tenants;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary>From a handle that a client holds to the job, in the caller's own tenant and no other.</summary>
internal sealed class JobHandles(IGrainFactory grains, RetryPolicy retries, IOptions<RetryOptions> options, TimeProvider time)
{
    /// <summary>Null: no handle of ours looks like this.</summary>
    public JobHandle? Find(Principal caller, string? handle) =>
        JobKey.IsHandle(handle) ? new JobHandle(Grain(caller, handle!), caller, retries, () => new Backoff(options.Value), time) : null;

    /// <summary>Null: no such job for this caller.</summary>
    public ValueTask<JobSnapshot?> GetAsync(Principal caller, string? handle, CancellationToken cancellationToken)
    {
        if (!JobKey.IsHandle(handle))
            return default;
        // A job in this process's memory is answered at once, and polls are what is asked for most.
        var grain = Grain(caller, handle!);
        var first = grain.GetAsync(caller);
        return first.IsCompletedSuccessfully ? first : AgainAsync(grain, caller, first, cancellationToken);
    }

    /// <summary>Makes what the job has written down readable. False: no such job for this caller.</summary>
    public async ValueTask<bool> FlushLogAsync(Principal caller, string? handle, CancellationToken cancellationToken)
    {
        if (!JobKey.IsHandle(handle))
            return false;
        var grain = Grain(caller, handle!);
        return await retries.RunAsync(() => grain.FlushLogAsync(caller), cancellationToken);
    }

    public IJobGrain Grain(Principal caller, string handle) => grains.GetGrain<IJobGrain>(new JobKey(caller.Tenant, handle).ToString());

    private ValueTask<JobSnapshot?> AgainAsync(
        IJobGrain grain, Principal caller, ValueTask<JobSnapshot?> first, CancellationToken cancellationToken) =>
        retries.RunAsync(first, () => grain.GetAsync(caller), cancellationToken);
}
