using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Actors.Frontend.Mcp.Resources;
using Actors.Frontend.Mcp.Subscriptions;
using Actors.Jobs;
using Actors.Sessions;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>What waits to go out on a session's own stream.</summary>
internal sealed class SessionListener(int maxQueuedEvents) : IAnnouncementListener
{
    private static readonly string[] Lists =
        ["notifications/tools/list_changed", "notifications/prompts/list_changed", "notifications/resources/list_changed"];

    // Hints may be lost, oldest first: each only says "look again".
    private readonly Channel<ServerNotification?> _hints = Channel.CreateBounded<ServerNotification?>(
        new BoundedChannelOptions(maxQueuedEvents) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    // A task's states are not lost: its watch waits for the reader, and yields the latest state when it goes on.
    private readonly Channel<JobSnapshot> _jobs = Channel.CreateBounded<JobSnapshot>(new BoundedChannelOptions(1) { SingleReader = true });

    // Nor are the changes of a job's resource, of which the last says that it has ended.
    private readonly Channel<string> _updates = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { SingleReader = true });

    // One is as good as several, so that this one never waits and never is lost behind a task's state.
    private readonly Channel<bool> _looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly ConcurrentDictionary<string, byte> _watched = new(StringComparer.Ordinal);
    private volatile SessionNews _news = new();

    public ChannelReader<ServerNotification?> Hints => _hints.Reader;

    public ChannelReader<JobSnapshot> Jobs => _jobs.Reader;

    /// <summary>URIs of jobs' resources that have changed.</summary>
    public ChannelReader<string> Updates => _updates.Reader;

    /// <summary>It has changed where questions go, or one has waited long enough: they are to be looked at again.</summary>
    public ChannelReader<bool> Looks => _looks.Reader;

    public ImmutableArray<string> Claimed => _news.Claimed;

    /// <summary>What the session wants to hear now.</summary>
    /// <returns>The tasks that are not watched yet, and are from now on.</returns>
    public IReadOnlyList<string> Take(SessionNews news)
    {
        var isOther = !news.Claimed.SequenceEqual(_news.Claimed);
        _news = news;
        if (isOther)
            LookAgain();
        return [.. news.Tasks.Where(task => _watched.TryAdd(task, 0))];
    }

    /// <summary>The subscribed resources of jobs that are not watched yet, and are from now on.</summary>
    public IReadOnlyList<JobUri> TakeResources() =>
        [.. _news.Subscriptions.Select(JobUri.TryParse).OfType<JobUri>().Where(uri => _watched.TryAdd(uri.Text, 0))];

    public bool IsSubscribed(string uri) => _news.Subscriptions.Contains(uri);

    public void LookAgain() => _looks.Writer.TryWrite(true);

    public void Forget(string watched) => _watched.TryRemove(watched, out _);

    public void Offer(ServerNotification notification)
    {
        if (Lists.Contains(notification.Method) || IsSubscribed(notification))
            _hints.Writer.TryWrite(notification);
    }

    public void OfferAll() => _hints.Writer.TryWrite(null);

    /// <summary>One of every announcement that the session hears.</summary>
    public IEnumerable<ServerNotification> All() =>
    [
        .. Lists.Select(method => new ServerNotification(method, null)),
        .. _news.Subscriptions.Select(ResourceUpdated.Notification),
    ];

    public ValueTask OfferAsync(JobSnapshot job, CancellationToken cancellationToken) => _jobs.Writer.WriteAsync(job, cancellationToken);

    public ValueTask OfferAsync(string uri, CancellationToken cancellationToken) => _updates.Writer.WriteAsync(uri, cancellationToken);

    private bool IsSubscribed(ServerNotification notification) =>
        notification.Method == ResourceUpdated.Method
        && ResourceUpdated.UriOf(notification) is { } uri && IsSubscribed(uri);
}
