using Actors.Cli.Host;
using Actors.Cli.Messages;
using Actors.Cli.Requests;

namespace Actors.Cli.Sessions;

/// <summary>The revisions with sessions, 2025-11-25 and older, as the host speaks them: in order until the session is open, side by side from then on.</summary>
internal sealed class SessionEra(
    CurrentSession current, SessionRequests requests, SessionPosts posts, SessionMemory memory, Diagnostics diagnostics)
{
    private Task _opening = Task.CompletedTask;
    private bool _isUsed;

    /// <summary>What to run for a request; to be called in the host's order.</summary>
    public Func<Task> Start(Exchange exchange)
    {
        var before = _opening;
        if (exchange.Request.Method != "initialize")
            return () => RunAsync(exchange, before);
        _isUsed = true;
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _opening = opened.Task;
        return () => OpenAsync(exchange, before, opened);
    }

    /// <summary>Takes a notification, or an answer to the server's request.</summary>
    public async Task TakeAsync(Message message, CancellationToken cancellationToken)
    {
        if (!_isUsed)
        {
            // Revision 2026-07-28 has nothing of the kind over HTTP.
            diagnostics.Trace($"Dropped, outside of a session: {message}");
            return;
        }
        var posted = await posts.AddAsync(message, _opening, cancellationToken);
        if (message.Method != "notifications/initialized")
            return;
        memory.Initialized = message;
        _opening = ListenAfterAsync(posted);
    }

    /// <summary>The server is told; a dropped connection would mean nothing to it (2025-11-25, Sending Messages, 6).</summary>
    public async Task CancelAsync(Exchange exchange, Message notification, CancellationToken cancellationToken)
    {
        exchange.Mute();
        if (!exchange.WasSent)
        {
            await exchange.CancelAsync();
            return;
        }
        _ = CancelAfterAsync(exchange, await posts.AddAsync(notification, _opening, cancellationToken));
    }

    /// <summary>Posts what is left, and ends the session.</summary>
    public async Task EndAsync()
    {
        await posts.CompleteAsync();
        await current.EndAsync();
    }

    private async Task OpenAsync(Exchange exchange, Task before, TaskCompletionSource opened)
    {
        try
        {
            await before.WaitAsync(exchange.Unwanted);
            await requests.OpenAsync(exchange);
        }
        finally
        {
            opened.SetResult();
        }
    }

    private async Task RunAsync(Exchange exchange, Task before)
    {
        await before.WaitAsync(exchange.Unwanted);
        await requests.RunAsync(exchange);
    }

    private async Task ListenAfterAsync(Task posted)
    {
        await posted;
        current.Listen();
    }

    private static async Task CancelAfterAsync(Exchange exchange, Task posted)
    {
        await posted;
        await exchange.CancelAsync();
    }
}
