using Orleans;
using Orleans.Concurrency;

namespace Actors.Tenants;

/// <summary>
/// What a tenant's servers announce: changed lists and updated resources. Keyed by tenant. Announcements are hints
/// to look again; they are not stored, and a watcher that was away simply looks again.
/// </summary>
[Alias("actors.notifications")]
public interface INotificationGrain : IGrainWithStringKey
{
    [Alias("publish")]
    ValueTask PublishAsync(ServerNotification notification);

    /// <summary>
    /// Yields <see cref="ServerNotification.WatchEstablished"/> and then every notification published since, until cancelled. A
    /// slow watcher loses the oldest.
    /// </summary>
    [AlwaysInterleave, Alias("watch")]
    IAsyncEnumerable<ServerNotification> WatchAsync(CancellationToken cancellationToken = default);
}
