using Actors.Cli.Http;
using Actors.Cli.Requests;
using Actors.Cli.Retries;

namespace Actors.Cli.Sessions;

/// <summary>Requests of the revisions with sessions: an answer's stream that breaks is gone on with, and a session that has ended is opened again.</summary>
internal sealed class SessionRequests(
    Endpoint endpoint, CurrentSession current, SessionMemory memory, StreamResumption resumption, Answers answers, Delivery delivery)
{
    /// <summary><c>initialize</c>: opens the session.</summary>
    public async Task OpenAsync(Exchange exchange)
    {
        memory.Initialize = exchange.Request;
        await delivery.RunAsync(exchange, () => InitializeAsync(exchange));
    }

    public Task RunAsync(Exchange exchange) => delivery.RunAsync(exchange, () => SendAsync(exchange));

    private async Task<Outcome> InitializeAsync(Exchange exchange)
    {
        using var reply = await endpoint.PostAsync(exchange.Request.Bytes, static _ => { }, exchange.Unwanted);
        var cursor = new StreamCursor();
        if (!reply.IsSuccess)
            return await answers.ReadAsync(exchange, reply, cursor);
        if (await reply.FindAnswerAsync(exchange.Unwanted) is not { } answer || answer.IdKey != exchange.Request.IdKey)
            return reply.IsEventStream
                ? Outcome.MayHaveRun("The server ended its stream before the answer to initialize")
                : await answers.ReadAsync(exchange, reply, cursor);
        if (answer.SaysTryAgain)
            return Outcome.NotRun(answer.ErrorText ?? "", TimeSpan.FromMilliseconds(answer.RetryAfterMs!.Value), answer.Bytes);
        if (Session.From(reply, answer) is { } session)
            current.Set(session);
        await exchange.AnswerAsync(answer.Bytes);
        return Outcome.Answered;
    }

    private async Task<Outcome> SendAsync(Exchange exchange)
    {
        var session = current.Now;
        exchange.WasSent = true;
        var outcome = await SendInAsync(exchange, session);
        if (outcome is null)
        {
            await current.RenewAsync(session, exchange.Unwanted);
            outcome = await SendInAsync(exchange, current.Now);
        }
        if (outcome is { Kind: OutcomeKind.Answered })
            memory.Note(exchange.Request);
        return outcome ?? Outcome.NotRun("The server ends each session at once");
    }

    /// <summary>Null: the session has ended, and nothing was run.</summary>
    private async Task<Outcome?> SendInAsync(Exchange exchange, Session? session)
    {
        using var reply = await endpoint.PostAsync(exchange.Request.Bytes, headers => session?.AddTo(headers), exchange.Unwanted);
        return await CurrentSession.IsEndedAsync(reply, session, exchange.Unwanted) ? null : await FollowAsync(exchange, reply, session);
    }

    private async Task<Outcome> FollowAsync(Exchange exchange, Reply first, Session? session)
    {
        var cursor = new StreamCursor();
        var reply = first;
        while (true)
        {
            var outcome = await ReadAsync(exchange, reply, cursor);
            if (reply != first)
                reply.Dispose();
            if (exchange.IsCancelled)
                return Outcome.Answered; // The server says nothing more of it.
            if (outcome.Kind != OutcomeKind.MayHaveRun || session is null || cursor.LastEventId is null)
                return outcome;
            if (await resumption.OpenAsync(session, cursor, exchange) is not { } resumed)
                return outcome;
            reply = resumed;
        }
    }

    private async Task<Outcome> ReadAsync(Exchange exchange, Reply reply, StreamCursor cursor)
    {
        try
        {
            return await answers.ReadAsync(exchange, reply, cursor);
        }
        catch (ConnectionLostException e)
        {
            return Outcome.MayHaveRun(e.Message);
        }
    }
}
