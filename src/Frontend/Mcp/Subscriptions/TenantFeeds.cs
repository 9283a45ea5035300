using System.Collections.Concurrent;
using Actors.Frontend.Retries;
using Actors.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>The feeds of all tenants that somebody in this process has listened to.</summary>
internal sealed class TenantFeeds(IGrainFactory grains, IOptions<RetryOptions> retries, TimeProvider time, ILogger<TenantFeed> logger)
{
    private readonly ConcurrentDictionary<string, TenantFeed> _feeds = new(StringComparer.Ordinal);

    public TenantFeed Of(string tenant) =>
        _feeds.GetOrAdd(tenant, static (tenant, self) => self.Create(tenant), this);

    /// <summary>For what concerns every tenant: a changed catalogue.</summary>
    public void Broadcast(ServerNotification notification)
    {
        foreach (var feed in _feeds.Values)
            feed.Publish(notification);
    }

    private TenantFeed Create(string tenant) => new(tenant, grains, retries.Value, time, logger);
}
