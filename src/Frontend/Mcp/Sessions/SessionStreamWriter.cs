using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>Writes a session's own stream, and knows what its client has had of it.</summary>
internal sealed class SessionStreamWriter(McpRequest request, OwnStreamId? since, TimeProvider time)
{
    private readonly Dictionary<string, JobSnapshot> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (JobStatus Status, string? Message)> _told = new(StringComparer.Ordinal);
    private readonly HashSet<(string Job, string Key)> _asked = [];
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
            if (listener.Jobs.TryRead(out var job))
                await TellAsync(listener, job);
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

    private async ValueTask TellAsync(SessionListener listener, JobSnapshot? job)
    {
        if (job is not null)
        {
            _latest[job.Id] = job;
            await TellStatusAsync(job);
        }
        // Where a stream of tasks/result has closed, the questions that it carried are this one's again.
        foreach (var each in job is null ? [.. _latest.Values] : new[] { job })
        {
            if (!listener.Claimed.Contains(each.Id))
                await AskAsync(each);
        }
        if (job is { IsTerminal: true })
            _latest.Remove(job.Id);
    }

    // 2025-11-25, Task Status Notification: each change of the status, and of the words that go with it.
    private async ValueTask TellStatusAsync(JobSnapshot job)
    {
        var now = (job.Status, TaskJson.StatusMessageOf(job.Status, job.StatusMessage, job.Progress));
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

    private async ValueTask AskAsync(JobSnapshot job)
    {
        foreach (var question in job.InputRequests)
        {
            if (!ClientQuestion.CanAsk(request.Envelope, question) || !_asked.Add((job.Id, question.Key)) || (since is not null && !IsNews(job)))
                continue;
            NextId();
            await ClientQuestion.SendAsync(request, job, question);
        }
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
            listener.Hints.WaitToReadAsync(waiting.Token).AsTask(), listener.Jobs.WaitToReadAsync(waiting.Token).AsTask());
        await waiting.CancelAsync();
        return await first;
    }
}
