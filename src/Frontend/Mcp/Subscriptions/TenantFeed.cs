using System.Collections.Concurrent;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Retries;
using Actors.Tenants;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>
/// One watch of a tenant's notifications, shared by all its open streams in this process; it runs while anyone listens.
/// </summary>
internal sealed partial class TenantFeed(string tenant, IGrainFactory grains, RetryOptions retries, TimeProvider time, ILogger logger)
{
    private readonly ConcurrentDictionary<IAnnouncementListener, byte> _listeners = new();
    private readonly Lock _gate = new();
    private Action? _stopWatching;
    private TaskCompletionSource _established = New();

    /// <summary>Returns once everything that is announced from now on reaches the listener.</summary>
    /// <exception cref="RefusedException">The silo that announces could not be reached in time.</exception>
    public async Task AddAsync(IAnnouncementListener listener, CancellationToken cancellationToken)
    {
        try
        {
            await Add(listener).WaitAsync(retries.Patience, time, cancellationToken);
        }
        catch (TimeoutException timeout)
        {
            throw Unavailable.Because(timeout);
        }
    }

    public void Remove(IAnnouncementListener listener)
    {
        lock (_gate)
        {
            _listeners.TryRemove(listener, out _);
            if (!_listeners.IsEmpty)
                return;
            _stopWatching?.Invoke();
            _stopWatching = null;
            _established = New();
        }
    }

    public void Publish(ServerNotification notification)
    {
        foreach (var listener in _listeners.Keys)
            listener.Offer(notification);
    }

    private Task Add(IAnnouncementListener listener)
    {
        lock (_gate)
        {
            _listeners[listener] = 0;
            if (_stopWatching is null)
            {
                var watching = new CancellationTokenSource();
                _stopWatching = watching.Cancel;
                _ = WatchAsync(_established, watching.Token);
            }
            return _established.Task;
        }
    }

    private async Task WatchAsync(TaskCompletionSource established, CancellationToken cancellationToken)
    {
        var pauses = new Backoff(retries);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var notification in grains.GetGrain<INotificationGrain>(tenant).WatchAsync(cancellationToken))
                {
                    pauses = new Backoff(retries);
                    Take(notification, established);
                }
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // The boundary of the loop: the silo that held the grain went away, and the next one is asked.
                LogWatchEnded(tenant, e.GetType().Name, e.Message);
            }
            catch (Exception)
            {
                // The last listener left.
                return;
            }
            await Task.Delay(pauses.Next(), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Take(ServerNotification notification, TaskCompletionSource established)
    {
        if (!notification.IsWatchEstablished)
        {
            Publish(notification);
        }
        else if (!established.TrySetResult())
        {
            // Between two watches nobody heard what was announced. Announcements say "look again", so that is what is said.
            foreach (var listener in _listeners.Keys)
                listener.OfferAll();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(1, LogLevel.Warning, "The watch of tenant {Tenant}'s notifications ended ({Failure}: {Reason}); it is taken up again")]
    private partial void LogWatchEnded(string tenant, string failure, string reason);
}
