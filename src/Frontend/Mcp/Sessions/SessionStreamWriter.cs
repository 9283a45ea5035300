using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Subscriptions;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>Writes a session's own stream, and knows what its client has had of it.</summary>
internal sealed class SessionStreamWriter(McpRequest request, OwnStreamId? since, TimeProvider time)
{
    // For a poll's way there and back, and that of the tasks/result after it.
    private static readonly TimeSpan RoundTrips = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, JobSnapshot> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (JobStatus Status, string? Message)> _told = new(StringComparer.Ordinal);
    private readonly HashSet<(string Job, string Key)> _asked = [];
    private readonly Dictionary<(string Job, string Key), Task> _waiting = [];
    private long _sequence = since?.Sequence ?? 0;

    public async ValueTask OpenAsync()
    {
        NextId();
        await StreamOpening.SendAsync(request);
    }

    /// <summary>Sends what comes until the token is cancelled.</summary>
    public async Task PumpAsync(SessionListener listener, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (listener.Hints.TryRead(out var hint))
            {
                foreach (var announcement in hint is null ? listener.All() : [hint])
                    await NotifyAsync(announcement.Method, announcement.Params);
            }
            if (listener.Looks.TryRead(out _))
                await AskAllAsync(listener, cancellationToken);
            else if (listener.Jobs.TryRead(out var job))
                await TellAsync(listener, job, cancellationToken);
            else if (listener.Updates.TryRead(out var uri))
                await NotifyAsync(ResourceUpdated.Method, ResourceUpdated.Notification(uri).Params);
            else
                await request.KeptAliveAsync(NextAsync(listener, cancellationToken));
        }
    }

    /// <summary>The server ends the stream, not the session: the client comes back.</summary>
    public async ValueTask CloseAsync(TimeSpan comeBackAfter)
    {
        NextId();
        if (request.Session!.TakesEmptyEvents)
            await request.OpenEvents().SendIdAsync(request.EventId!, comeBackAfter, request.Aborted);
    }

    private async ValueTask TellAsync(SessionListener listener, JobSnapshot job, CancellationToken cancellationToken)
    {
        _latest[job.Id] = job;
        await TellStatusAsync(job);
        await AskAsync(listener, job, cancellationToken);
        if (job.IsTerminal)
            _latest.Remove(job.Id);
    }

    // Where a stream of tasks/result has closed, the questions that it carried are this one's again.
    private async ValueTask AskAllAsync(SessionListener listener, CancellationToken cancellationToken)
    {
        foreach (var job in _latest.Values)
            await AskAsync(listener, job, cancellationToken);
    }

    // 2025-11-25, Task Status Notification: each change of the status, and of the words that go with it.
    private async ValueTask TellStatusAsync(JobSnapshot job)
    {
        var now = (job.Status, TaskJson.StatusMessageOf(job));
        if (_told.TryGetValue(job.Id, out var told) ? told == now : !IsNews(job))
        {
            _told[job.Id] = now;
            return;
        }
        _told[job.Id] = now;
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        LegacyTaskJson.Write(json.Writer, job);
        json.Writer.WriteEndObject();
        await NotifyAsync("notifications/tasks/status", json.Written.ToArray());
    }

    private async ValueTask AskAsync(SessionListener listener, JobSnapshot job, CancellationToken cancellationToken)
    {
        foreach (var question in job.InputRequests)
        {
            var id = (job.Id, question.Key);
            if (listener.Claimed.Contains(job.Id) || !ClientQuestion.CanAsk(request.Envelope, question)
                || !HasWaited(id, Patience(job), listener, cancellationToken) || !_asked.Add(id) || (since is not null && !IsNews(job)))
                continue;
            NextId();
            await ClientQuestion.SendAsync(request, job, question);
        }
    }

    // A client that polls finds out by itself, and opens tasks/result for the question, where it would come a second time.
    private static TimeSpan Patience(JobSnapshot job) => 2 * TimeSpan.FromMilliseconds(job.PollIntervalMs) + RoundTrips;

    private bool HasWaited((string Job, string Key) id, TimeSpan patience, SessionListener listener, CancellationToken cancellationToken)
    {
        if (_waiting.TryGetValue(id, out var wait))
            return wait.IsCompleted;
        wait = Task.Delay(patience, time, cancellationToken);
        _waiting.Add(id, wait);
        _ = LookAgainAsync(wait, listener);
        return false;
    }

    private static async Task LookAgainAsync(Task wait, SessionListener listener)
    {
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.LookAgain();
    }

    // What an earlier stream has carried already is not said again. A fresh stream tells of what is open only.
    private bool IsNews(JobSnapshot job) => since is { } last ? job.UpdatedAt > last.At : !job.IsTerminal;

    private async ValueTask NotifyAsync(string method, byte[]? parameters)
    {
        NextId();
        await Notification.SendAsync(request, method, parameters);
    }

    private void NextId() => request.EventId = new OwnStreamId(time.GetUtcNow(), ++_sequence).ToString();

    private static async Task<bool> NextAsync(SessionListener listener, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(
            listener.Hints.WaitToReadAsync(waiting.Token).AsTask(),
            listener.Jobs.WaitToReadAsync(waiting.Token).AsTask(),
            listener.Looks.WaitToReadAsync(waiting.Token).AsTask(),
            listener.Updates.WaitToReadAsync(waiting.Token).AsTask());
        await waiting.CancelAsync();
        return await first;
    }
}
