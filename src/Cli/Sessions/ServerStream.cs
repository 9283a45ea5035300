using System.Net;
using Actors.Cli.Host;
using Actors.Cli.Http;
using Actors.Cli.Messages;
using Actors.Cli.Retries;
using Actors.Cli.Stdio;

namespace Actors.Cli.Sessions;

/// <summary>The stream on which the server speaks first (2025-11-25, Listening for Messages from the Server), for as long as the session lives.</summary>
internal sealed class ServerStream(Endpoint endpoint, HostOutput output, StdioOptions options, Diagnostics diagnostics, TimeProvider time)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _closing = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Opens it for a session, in place of the one before.</summary>
    /// <param name="session">The session.</param>
    /// <param name="onEnded">Called when the server says that the session has ended.</param>
    public void Open(Session session, Func<Session, CancellationToken, Task> onEnded)
    {
        lock (_gate)
        {
            var before = _closing;
            _closing = new();
            before.Cancel();
            _running = RunAsync(session, onEnded, _closing.Token);
        }
    }

    public async Task CloseAsync()
    {
        Task running;
        lock (_gate)
        {
            _closing.Cancel();
            running = _running;
        }
        await running;
    }

    private async Task RunAsync(Session session, Func<Session, CancellationToken, Task> onEnded, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var cursor = new StreamCursor();
        var backoff = new Backoff(options.LongestPause);
        try
        {
            while (true)
            {
                var (isOver, isAlive) = await ReadAsync(session, cursor, cancellationToken);
                if (isOver is { } hasEnded)
                {
                    if (hasEnded)
                        await onEnded(session, CancellationToken.None);
                    return;
                }
                if (isAlive)
                    backoff = new Backoff(options.LongestPause);
                // No limit: it is the session's, and the host does not ask for it again.
                var pause = backoff.Next();
                await Task.Delay(cursor.Retry > pause ? cursor.Retry.Value : pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session is over, or another one has taken its place.
        }
    }

    /// <summary>Whether it is over, and if so, whether because the session is; and whether anything came.</summary>
    private async Task<(bool? IsOver, bool IsAlive)> ReadAsync(Session session, StreamCursor cursor, CancellationToken cancellationToken)
    {
        var isAlive = false;
        try
        {
            using var reply = await endpoint.GetAsync(headers => StreamResumption.AddTo(headers, session, cursor), cancellationToken);
            if (reply.Status == HttpStatusCode.NotFound && session.Id is not null)
                return (true, isAlive);
            if (!reply.IsSuccess || !reply.IsEventStream)
            {
                diagnostics.Trace($"The server's own stream: HTTP {(int)reply.Status}");
                // 405: the server has none. What may be had later is asked for again; an id that it does not know any more is not.
                if (!StreamResumption.IsPassing(reply.Status) && cursor.LastEventId is null)
                    return (false, isAlive);
                if (!StreamResumption.IsPassing(reply.Status))
                    cursor.LastEventId = null;
                return (null, isAlive);
            }
            await foreach (var received in reply.ReadEventsAsync(cursor, cancellationToken))
            {
                isAlive = true;
                if (!received.Data.IsEmpty && MessageReader.Read(received.Data) is { Kind: MessageKind.Request or MessageKind.Notification } message)
                    await output.WriteAsync(message.Bytes);
            }
        }
        catch (Exception e) when (e is ConnectionLostException or MessageTooLargeException)
        {
            diagnostics.Trace($"The server's own stream: {e.Message}");
        }
        return (null, isAlive);
    }
}
