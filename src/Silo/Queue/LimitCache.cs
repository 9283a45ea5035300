using System.Collections.Concurrent;
using Actors.Storage.Queue;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Queue;

/// <summary>
/// The limits of tenants, for a moment: enough to know of a new job whether it may be subject to one. Whether it may start under it is
/// decided by a claim, which reads them anew.
/// </summary>
internal sealed class LimitCache(TenantLimitTable table, IOptions<QuotaOptions> options, TimeProvider time)
{
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, (Task<TenantLimits> Limits, long ReadAt)> _known = new(StringComparer.Ordinal);

    /// <summary>What was read last, however long ago; of a tenant that was not asked for here lately, what holds for all.</summary>
    public TenantLimits LastOf(string tenant) =>
        _known.TryGetValue(tenant, out var known) && known.Limits.IsCompletedSuccessfully ? known.Limits.Result : TenantLimitTable.Defaults(options.Value);

    public ValueTask<TenantLimits> OfAsync(string tenant)
    {
        if (_known.TryGetValue(tenant, out var known) && !known.Limits.IsFaulted && time.GetElapsedTime(known.ReadAt) < options.Value.CacheFor)
        {
            return new(known.Limits);
        }

        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        var read = table.ReadAsync(tenant);
        _known[tenant] = (read, time.GetTimestamp());
        return new(read);
    }
}
