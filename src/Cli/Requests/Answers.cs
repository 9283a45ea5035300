using Actors.Cli.Host;
using Actors.Cli.Http;
using Actors.Cli.Messages;
using Actors.Cli.Retries;
using Actors.Cli.Tools;

namespace Actors.Cli.Requests;

/// <summary>What the server sends for a request, brought to the host; both eras alike.</summary>
internal sealed class Answers(KnownTools tools, Diagnostics diagnostics, TimeProvider time)
{
    /// <summary>Reads a reply to its end or to the answer, whichever comes first.</summary>
    /// <exception cref="ConnectionLostException">It breaks off.</exception>
    /// <exception cref="MessageTooLargeException">A message is over the limit.</exception>
    public async Task<Outcome> ReadAsync(Exchange exchange, Reply reply, StreamCursor cursor)
    {
        if (!reply.IsSuccess)
            return await ReadRefusalAsync(exchange, reply);
        if (reply.IsEventStream)
            return await ReadEventsAsync(exchange, reply, cursor);
        if (await reply.ReadMessageAsync(exchange.Unwanted) is { } message && await AcceptAsync(exchange, message) is { } outcome)
            return outcome;
        return Refuse(exchange, (int)reply.Status, $"{Words.Address(reply.Url)} does not speak MCP: it answered HTTP {(int)reply.Status} with {reply.MediaType ?? "no content"}. Check --url.");
    }

    private async Task<Outcome> ReadEventsAsync(Exchange exchange, Reply reply, StreamCursor cursor)
    {
        await foreach (var received in reply.ReadEventsAsync(cursor, exchange.Unwanted))
        {
            exchange.Patience.Renew();
            if (received.Data.IsEmpty)
                continue;
            if (await AcceptAsync(exchange, MessageReader.Read(received.Data)) is { } outcome)
                return outcome;
        }
        return Outcome.MayHaveRun($"The server at {Words.Place(reply.Url)} ended its stream before the answer");
    }

    /// <summary>Null: it was not the answer.</summary>
    private async ValueTask<Outcome?> AcceptAsync(Exchange exchange, Message message)
    {
        switch (message.Kind)
        {
            case MessageKind.Response when message.IdKey is null && !message.Error.IsEmpty:
                return Outcome.Refused(ErrorMessage.Readdress(exchange.Request.Id!, message.Error));
            case MessageKind.Response when message.IdKey == exchange.Request.IdKey:
                return await AnswerAsync(exchange, message);
            case MessageKind.Request or MessageKind.Notification:
                await exchange.PassOnAsync(message);
                return null;
            default:
                diagnostics.Trace($"Dropped, on the stream of {exchange.Request}: {message} {message.Fault}");
                return null;
        }
    }

    private async ValueTask<Outcome> AnswerAsync(Exchange exchange, Message answer)
    {
        if (answer.SaysTryAgain)
            return Outcome.NotRun(answer.ErrorText ?? "The server says: try again", TimeSpan.FromMilliseconds(answer.RetryAfterMs!.Value), answer.Bytes);
        if (answer.ErrorCode == ErrorMessage.HeaderMismatch)
            return Outcome.Refused(answer.Bytes);
        await exchange.AnswerAsync(exchange.Request.Method == "tools/list" ? tools.Learn(answer) : answer.Bytes);
        return Outcome.Answered;
    }

    private async Task<Outcome> ReadRefusalAsync(Exchange exchange, Reply reply)
    {
        var status = (int)reply.Status;
        var message = await reply.ReadMessageAsync(exchange.Unwanted);
        var isError = message is { Kind: MessageKind.Response } && !message.Error.IsEmpty;
        if (isError && message!.ErrorJobId is not null)
            return await AcceptAsync(exchange, message) ?? Outcome.Refused(message.Bytes);
        var words = Words.About(reply.Status, reply.Url, message?.ErrorText);
        var answer = isError ? ErrorMessage.Readdress(exchange.Request.Id!, message!.Error) : null;
        switch (status)
        {
            case 408 or 429 or 503:
                return Outcome.NotRun(words, reply.RetryAfter(time), answer is null ? null : (ReadOnlyMemory<byte>)answer);
            case 502 or 504:
                return Outcome.MayHaveRun(words, reply.RetryAfter(time));
            case 401 or 403:
                // The words name the options; what the server says is in them.
                diagnostics.Say(words);
                return Refuse(exchange, message?.ErrorCode ?? status, words);
            case >= 300 and < 400:
                words = $"{Words.Address(reply.Url)} points to {reply.Location ?? "another place"} (HTTP {status}). Give that as --url.";
                break;
        }
        return answer is not null ? Outcome.Refused(answer) : Refuse(exchange, status, words);
    }

    private Outcome Refuse(Exchange exchange, int code, string words)
    {
        diagnostics.Say(words);
        return Outcome.Refused(ErrorMessage.Create(exchange.Request.Id, code, words));
    }
}
