using System.Collections.Concurrent;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Queue;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Queue;

/// <summary>
/// Refuses a job that would wait in a line that is full. The line is counted now and then, and what was put in it here since is added;
/// before anything is refused it is counted anew. So other silos' jobs of the last moment may come on top.
/// </summary>
internal sealed class WaitingQuota(LinePlaces line, LimitCache limits, IOptions<QueueOptions> options, TimeProvider time)
{
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<PrincipalKey, LineCount> _counts = new();

    /// <exception cref="JobRefusedException">The tenant, or this principal of it, has as many jobs in line as it may.</exception>
    public async ValueTask AdmitAsync(JobRow job)
    {
        var tenant = await limits.OfAsync(job.Owner.Tenant);
        var (everybody, own) = (PrincipalKey.OfTenant(job.Owner.Tenant), new PrincipalKey(job.Owner.Tenant, job.Owner.Issuer, job.Owner.Subject));
        await RequireRoomAsync("waiting jobs of the tenant", everybody, tenant.MaxWaiting);
        await RequireRoomAsync("waiting jobs of yours", own, tenant.MaxWaitingPerPrincipal);
        Add(everybody, tenant.MaxWaiting);
        Add(own, tenant.MaxWaitingPerPrincipal);
    }

    private async ValueTask RequireRoomAsync(string what, PrincipalKey owner, long? limit)
    {
        if (limit is { } most && await Of(owner).ReadAsync(most) is var current && current >= most)
        {
            throw new JobRefusedException(new LimitReached(what, most, current, (long)options.Value.RetryAfterFull.TotalMilliseconds).ToError());
        }
    }

    private void Add(PrincipalKey owner, long? limit)
    {
        if (limit is not null)
        {
            Of(owner).Add();
        }
    }

    private LineCount Of(PrincipalKey owner)
    {
        if (_counts.TryGetValue(owner, out var known))
        {
            return known;
        }

        if (_counts.Count >= MostRemembered)
        {
            _counts.Clear();
        }

        return _counts.GetOrAdd(owner, new LineCount(most => line.CountAsync(owner, most), options.Value.CountAge, time));
    }
}
