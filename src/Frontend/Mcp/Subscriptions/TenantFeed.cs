using System.Collections.Concurrent;
using Actors.Tenants;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>
/// One watch of a tenant's notifications, shared by all its open streams in this process; it runs while anyone listens.
/// </summary>
internal sealed partial class TenantFeed(string tenant, IGrainFactory grains, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Subscription, byte> _listeners = new();
    private readonly Lock _gate = new();
    private Action? _stopWatching;

    public void Add(Subscription listener)
    {
        lock (_gate)
        {
            _listeners[listener] = 0;
            if (_stopWatching is not null)
                return;
            var watching = new CancellationTokenSource();
            _stopWatching = watching.Cancel;
            _ = WatchAsync(watching.Token);
        }
    }

    public void Remove(Subscription listener)
    {
        lock (_gate)
        {
            _listeners.TryRemove(listener, out _);
            if (!_listeners.IsEmpty)
                return;
            _stopWatching?.Invoke();
            _stopWatching = null;
        }
    }

    public void Publish(ServerNotification notification)
    {
        foreach (var listener in _listeners.Keys)
            listener.Offer(notification);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var notification in grains.GetGrain<INotificationGrain>(tenant).WatchAsync(cancellationToken))
                    Publish(notification);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // The silo that held the grain went away: the hints of this moment are lost, the next ones are not.
                LogWatchEnded(tenant, e);
            }
            catch (Exception)
            {
                // The last listener left.
                return;
            }
            await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The watch of tenant {Tenant}'s notifications ended; it is taken up again")]
    private partial void LogWatchEnded(string tenant, Exception exception);
}
