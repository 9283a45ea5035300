using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Actors.Tenants;
using Microsoft.Extensions.Options;
using Orleans;

namespace Actors.Grains.Tenants;

/// <summary>Passes on what a tenant's tools announce to whoever watches at that moment.</summary>
internal sealed class NotificationGrain(IOptions<NotificationLimits> limits) : Grain, INotificationGrain
{
    private readonly HashSet<Channel<ServerNotification>> _watchers = [];

    public ValueTask PublishAsync(ServerNotification notification)
    {
        foreach (var watcher in _watchers)
        {
            watcher.Writer.TryWrite(notification);
        }

        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<ServerNotification> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateBounded<ServerNotification>(
            new BoundedChannelOptions(limits.Value.MaxPendingNotifications) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers.Add(channel);
        try
        {
            yield return ServerNotification.WatchEstablished;
            await foreach (var notification in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return notification;
            }
        }
        finally
        {
            _watchers.Remove(channel);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        foreach (var watcher in _watchers)
        {
            watcher.Writer.TryComplete();
        }

        return Task.CompletedTask;
    }
}
