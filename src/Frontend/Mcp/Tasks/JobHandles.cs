using Actors.Jobs;
using Actors.Tenants;
using Orleans;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary>From a handle that a client holds to the job's grain, in the caller's own tenant and no other.</summary>
internal sealed class JobHandles(IGrainFactory grains)
{
    /// <summary>Null: no handle of ours looks like this.</summary>
    public IJobGrain? Find(Principal caller, string? handle) =>
        JobKey.IsHandle(handle) ? grains.GetGrain<IJobGrain>(new JobKey(caller.Tenant, handle!).ToString()) : null;

    public ValueTask<JobSnapshot?> GetAsync(Principal caller, string? handle) =>
        Find(caller, handle) is { } job ? job.GetAsync(caller) : default;
}
