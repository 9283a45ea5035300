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

    private static readonly TimeSpan RefusesFor = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<PrincipalKey, Count> _counts = new();

    /// <exception cref="JobRefusedException">The tenant, or this principal of it, has as many jobs in line as it may.</exception>
    public async ValueTask AdmitAsync(JobRow job)
    {
        var tenant = await limits.OfAsync(job.Owner.Tenant);
        if (tenant.MaxWaiting is null && tenant.MaxWaitingPerPrincipal is null)
        {
            return;
        }

        var principal = new PrincipalKey(job.Owner.Tenant, job.Owner.Issuer, job.Owner.Subject);
        if (Reached(principal, tenant) is not null)
        {
            if (!IsJustCounted(principal))
            {
                await CountAsync(principal, tenant);
            }

            if (Reached(principal, tenant) is { } reached)
            {
                throw new JobRefusedException(reached.ToError());
            }
        }

        Of(principal).Add();
        Of(PrincipalKey.OfTenant(job.Owner.Tenant)).Add();
    }

    private static LimitReached? Reached(string what, long? current, long? limit, TimeSpan retryAfter) =>
        limit is { } value && (current is null || current >= value)
            ? new LimitReached(what, value, current ?? 0, (long)retryAfter.TotalMilliseconds)
            : null;

    private LimitReached? Reached(PrincipalKey principal, TenantLimits limit) =>
        Reached("waiting jobs of the tenant", Known(PrincipalKey.OfTenant(principal.Tenant)), limit.MaxWaiting, options.Value.RetryAfterFull)
        ?? Reached("waiting jobs of yours", Known(principal), limit.MaxWaitingPerPrincipal, options.Value.RetryAfterFull);

    /// <summary>Null: it was not counted for too long.</summary>
    private long? Known(PrincipalKey owner) =>
        _counts.TryGetValue(owner, out var count) && time.GetElapsedTime(count.At) < options.Value.CountAge ? count.Value : null;

    // Who is refused and asks again at once costs nothing.
    private bool IsJustCounted(PrincipalKey principal) =>
        _counts.TryGetValue(principal, out var count) && time.GetElapsedTime(count.At) < RefusesFor
        && Known(PrincipalKey.OfTenant(principal.Tenant)) is not null;

    private async Task CountAsync(PrincipalKey principal, TenantLimits limit)
    {
        var (tenant, own) = await line.CountAsync(principal, limit.MaxWaiting ?? 0, limit.MaxWaitingPerPrincipal ?? 0);
        if (_counts.Count >= MostRemembered)
        {
            _counts.Clear();
        }

        _counts[PrincipalKey.OfTenant(principal.Tenant)] = new Count(tenant, time.GetTimestamp());
        _counts[principal] = new Count(own, time.GetTimestamp());
    }

    private Count Of(PrincipalKey owner) => _counts.GetOrAdd(owner, static (_, now) => new Count(0, now), time.GetTimestamp());

    private sealed class Count(long counted, long at)
    {
        private long _value = counted;

        public long At => at;

        public long Value => Volatile.Read(ref _value);

        public void Add() => Interlocked.Increment(ref _value);
    }
}
