using Actors.Cli.Host;
using Actors.Cli.Messages;
using Actors.Cli.Requests;
using Actors.Cli.Retries;
using Actors.Cli.Sessions;
using Actors.Cli.Stateless;

namespace Actors.Cli.Stdio;

/// <summary>Takes the host's lines, in order, and sees to each message; revisions are told apart request by request, as the endpoint does.</summary>
internal sealed class Bridge(
    HostInput input,
    HostOutput output,
    RequestsUnderWay requests,
    StatelessRequests stateless,
    Subscriptions subscriptions,
    SessionEra sessions,
    Func<Patience> newPatience,
    StdioOptions options,
    Diagnostics diagnostics)
{
    /// <summary>Until the host closes its end, or <paramref name="ending"/>.</summary>
    public async Task ReadAsync(CancellationToken ending)
    {
        await foreach (var line in input.ReadAsync(ending))
        {
            if (line.TooLong is { } tooLong)
                await RefuseLongAsync(tooLong);
            else
                await TakeAsync(MessageReader.Read(line.Bytes), ending);
        }
    }

    private async Task TakeAsync(Message message, CancellationToken ending)
    {
        switch (message.Kind)
        {
            case MessageKind.Request:
                await StartAsync(message, ending);
                break;
            case MessageKind.Notification when message.Method == "notifications/cancelled" && requests.Find(message.CancelledKey) is { } exchange:
                await CancelAsync(exchange, message, ending);
                break;
            case MessageKind.Notification or MessageKind.Response:
                await sessions.TakeAsync(message, ending);
                break;
            case MessageKind.Batch:
                foreach (var part in Batch.Split(message.Bytes))
                    await TakeAsync(MessageReader.Read(part), ending);
                break;
            default:
                await RefuseAsync(
                    message.Id, message.IsJson ? ErrorMessage.InvalidRequest : ErrorMessage.ParseError,
                    $"The host sent a line that is no JSON-RPC message: {message.Fault}");
                break;
        }
    }

    private async Task StartAsync(Message request, CancellationToken ending)
    {
        var isStateless = request.MetaVersion is not null;
        var isSubscription = isStateless && request.Method == "subscriptions/listen";
        var exchange = new Exchange(request, output, newPatience(), ending) { IsSubscription = isSubscription, IsStateless = isStateless };
        Func<Task> run = isSubscription ? () => subscriptions.RunAsync(exchange)
            : isStateless ? () => stateless.RunAsync(exchange)
            : sessions.Start(exchange);
        diagnostics.Trace($"{request}");
        if (requests.TryStart(exchange, () => GuardAsync(exchange, run)) is { } obstacle)
            await RefuseAsync(request.Id, ErrorMessage.Unavailable, obstacle);
    }

    private async Task CancelAsync(Exchange exchange, Message notification, CancellationToken ending)
    {
        diagnostics.Trace($"{exchange.Request} is cancelled by the host");
        if (exchange.IsStateless)
            await exchange.CancelAsync();
        else
            await sessions.CancelAsync(exchange, notification, ending);
    }

    private async Task GuardAsync(Exchange exchange, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (OperationCanceledException) when (exchange.Unwanted.IsCancellationRequested || output.Broken.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception e)
        {
            // The request's boundary: whatever is wrong with it, its host gets an answer, and the other requests go on.
            diagnostics.Say($"{exchange.Request.Method} failed: {(diagnostics.IsVerbose ? e : e.Message)}");
            await exchange.AnswerAsync(ErrorMessage.Internal, "The bridge failed to carry this request: " + e.Message);
        }
    }

    private Task RefuseLongAsync(LongLine line)
    {
        var words = $"The host sent a line of more than {options.MaxLineBytes} bytes (--max-line-bytes)";
        // What is no request waits for no answer.
        if (line is { HasMethod: true, Id: null })
        {
            diagnostics.Say($"{words}.");
            return Task.CompletedTask;
        }
        return RefuseAsync(line.HasMethod ? line.Id : null, ErrorMessage.InvalidRequest, words);
    }

    private async Task RefuseAsync(byte[]? id, int code, string words)
    {
        diagnostics.Say(words.TrimEnd('.') + ".");
        await output.WriteAsync(ErrorMessage.Create(id, code, words));
    }
}
