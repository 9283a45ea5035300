using System.Threading.Channels;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Subscriptions;

/// <summary>One open subscriptions/listen: what it wants, and the events that wait for its stream.</summary>
internal sealed class Subscription(McpRequest request, SubscriptionFilter filter, int maxQueuedEvents) : IAnnouncementListener
{
    // Hints may be lost, oldest first: each only says "look again".
    private readonly Channel<SubscriptionEvent> _hints = Channel.CreateBounded<SubscriptionEvent>(
        new BoundedChannelOptions(maxQueuedEvents) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    // A job's states, and the changes of its resources, are not lost: its watch waits for the reader, and yields the latest state when it goes on.
    private readonly Channel<SubscriptionEvent> _jobs = Channel.CreateBounded<SubscriptionEvent>(
        new BoundedChannelOptions(1) { SingleReader = true });

    public void Offer(ServerNotification notification)
    {
        if (filter.Wants(notification))
            _hints.Writer.TryWrite(new SubscriptionEvent(notification, null));
    }

    /// <summary>For when announcements were missed: each of those that the client listens for.</summary>
    public void OfferAll() => _hints.Writer.TryWrite(default);

    /// <summary>Passes a job's states on until it has ended or the subscription has.</summary>
    public async Task FollowAsync(JobHandle job, CancellationToken cancellationToken)
    {
        await foreach (var snapshot in job.WatchAsync(cancellationToken))
            await _jobs.Writer.WriteAsync(new SubscriptionEvent(null, snapshot), cancellationToken);
    }

    /// <summary>Tells of a job's resource that it has changed, each time it has.</summary>
    public async Task FollowAsync(string uri, IAsyncEnumerable<JobSnapshot> changes, CancellationToken cancellationToken)
    {
        var changed = new SubscriptionEvent(ResourceUpdated.Notification(uri), null);
        await foreach (var _ in changes.WithCancellation(cancellationToken))
            await _jobs.Writer.WriteAsync(changed, cancellationToken);
    }

    /// <summary>Sends events until the token is cancelled.</summary>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        var events = request.OpenEvents();
        while (true)
        {
            while (_hints.Reader.TryRead(out var next) || _jobs.Reader.TryRead(out next))
                await SendAsync(events, next, cancellationToken);
            await events.KeptAliveAsync(NextAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task<bool> NextAsync(CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(
            _hints.Reader.WaitToReadAsync(waiting.Token).AsTask(), _jobs.Reader.WaitToReadAsync(waiting.Token).AsTask());
        await waiting.CancelAsync();
        return await first;
    }

    private async ValueTask SendAsync(EventStream events, SubscriptionEvent next, CancellationToken cancellationToken)
    {
        if (next is { Job: null, Hint: null })
        {
            foreach (var notification in filter.All())
                await SendAsync(events, new SubscriptionEvent(notification, null), cancellationToken);
            return;
        }
        using var json = JsonBuffer.Rent();
        if (next.Job is { } job)
        {
            Notification.Begin(json.Writer, "notifications/tasks");
            json.Writer.WriteStartObject();
            TaskJson.WriteDetailed(json.Writer, job);
        }
        else
        {
            Notification.Begin(json.Writer, next.Hint!.Method);
            json.Writer.WriteStartObject();
            MemberCopy.WriteAllBut(json.Writer, next.Hint.Params, "_meta"u8);
        }
        SubscriptionMeta.Write(json.Writer, request.Id);
        json.Writer.WriteEndObject();
        json.Writer.WriteEndObject();
        await events.SendAsync(json.Written, cancellationToken);
    }
}
