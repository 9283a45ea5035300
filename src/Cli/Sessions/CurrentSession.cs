using System.Net;
using Actors.Cli.Host;
using Actors.Cli.Http;
using Actors.Cli.Messages;

namespace Actors.Cli.Sessions;

/// <summary>
/// The session that requests are sent in. Where the server has ended it, one like it takes its place, which the host does not
/// notice (2025-11-25, Session Management, 4).
/// </summary>
internal sealed class CurrentSession(Endpoint endpoint, SessionMemory memory, ServerStream stream, Diagnostics diagnostics)
{
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _renewing = new(1);
    private volatile Session? _session;

    /// <summary>Null: the host has not initialized one.</summary>
    public Session? Now => _session;

    public void Set(Session session)
    {
        diagnostics.Trace($"Session of revision {session.Version}, {(session.Id is null ? "without" : "with")} an id");
        _session = session;
    }

    /// <summary>From here on the server may speak first.</summary>
    public void Listen()
    {
        if (_session is { } session)
            stream.Open(session, RenewInBackgroundAsync);
    }

    /// <summary>Whether the server says that the session has ended.</summary>
    public static async ValueTask<bool> IsEndedAsync(Reply reply, Session? session, CancellationToken cancellationToken) =>
        reply.Status == HttpStatusCode.NotFound && session?.Id is not null
        && (await reply.ReadMessageAsync(cancellationToken))?.ErrorCode != ErrorMessage.MethodNotFound;

    /// <summary>Puts a session in the place of one that has ended, unless that was done already.</summary>
    /// <exception cref="ConnectionLostException">The server did not answer, or refused.</exception>
    public async Task RenewAsync(Session? ended, CancellationToken cancellationToken)
    {
        await _renewing.WaitAsync(cancellationToken);
        try
        {
            if (_session != ended)
                return;
            diagnostics.Trace($"The server has ended the session; another one is opened");
            _session = await OpenAsync(ended!, cancellationToken);
            Listen();
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>Tells the server that nobody needs the session any more.</summary>
    public async Task EndAsync()
    {
        await stream.CloseAsync();
        if (_session is not { Id: not null } session)
            return;
        using var deadline = new CancellationTokenSource(GoodbyeTimeout);
        try
        {
            using var reply = await endpoint.DeleteAsync(session.AddTo, deadline.Token);
            diagnostics.Trace($"The session is ended: HTTP {(int)reply.Status}");
        }
        catch (Exception e) when (e is ConnectionLostException or OperationCanceledException)
        {
            diagnostics.Trace($"The session was not ended: {e.Message}"); // It ends by itself, being idle.
        }
    }

    private async Task<Session> OpenAsync(Session ended, CancellationToken cancellationToken)
    {
        var session = await InitializeAsync(cancellationToken);
        if (session.Version != ended.Version)
            throw Failed($"The server agreed on revision {ended.Version} before and on {session.Version} now; start the bridge again");
        if (memory.Initialized is { } initialized)
            (await endpoint.PostAsync(initialized.Bytes, session.AddTo, cancellationToken)).Dispose();
        foreach (var request in memory.Requests())
            (await endpoint.PostAsync(request.Bytes, session.AddTo, cancellationToken)).Dispose();
        return session;
    }

    private async Task<Session> InitializeAsync(CancellationToken cancellationToken)
    {
        using var reply = await endpoint.PostAsync(memory.Initialize!.Bytes, static _ => { }, cancellationToken);
        if (reply.IsSuccess && await reply.FindAnswerAsync(cancellationToken) is { } answer && Session.From(reply, answer) is { } session)
            return session;
        throw Failed($"The server has ended the session, and opened no other one: HTTP {(int)reply.Status}");
    }

    // Whatever waits for the session was not run in it.
    private static ConnectionLostException Failed(string words) => new(words, mayHaveArrived: false, new HttpRequestException(words));

    private async Task RenewInBackgroundAsync(Session ended, CancellationToken cancellationToken)
    {
        try
        {
            await RenewAsync(ended, cancellationToken);
        }
        catch (ConnectionLostException e)
        {
            // The next request of the host tries again, and says what is wrong if it is still so.
            diagnostics.Trace($"{e.Message}");
        }
    }
}
