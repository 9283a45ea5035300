using Actors.Cli.Host;
using Actors.Cli.Http;
using Actors.Cli.Messages;
using Actors.Cli.Requests;
using Actors.Cli.Retries;
using Actors.Cli.Tools;

namespace Actors.Cli.Stateless;

/// <summary>
/// <c>subscriptions/listen</c>: to the host one stream for as long as it wants, over frontends that come and go. What may have
/// changed in a gap is told as changed; the states of tasks the server tells anew by itself.
/// </summary>
internal sealed class Subscriptions(
    Endpoint endpoint,
    KnownTools tools,
    Delivery delivery,
    Answers answers,
    Diagnostics diagnostics,
    TimeProvider time)
{
    // A server that ends each stream at once does not mean a restart: the host gets to see it.
    private const int MaxShortStreams = 5;
    private static readonly TimeSpan ShortStream = TimeSpan.FromSeconds(5);

    public async Task RunAsync(Exchange exchange)
    {
        var subscription = new Subscription(exchange.Request.Id!);
        var shortStreams = 0;
        do
        {
            subscription.Begin();
            var openedAt = time.GetTimestamp();
            await delivery.RunAsync(exchange, () => SendAsync(exchange, subscription));
            if (subscription.Ended is null)
                return;
            shortStreams = time.GetElapsedTime(openedAt) < ShortStream ? shortStreams + 1 : 0;
            diagnostics.Trace($"{exchange.Request} is opened again: the server has ended it");
        }
        while (shortStreams < MaxShortStreams && await exchange.Patience.PauseAsync(null, exchange.Unwanted));
        await exchange.AnswerAsync(subscription.Ended.Value);
    }

    private async Task<Outcome> SendAsync(Exchange exchange, Subscription subscription)
    {
        using var reply = await endpoint.PostAsync(
            exchange.Request.Bytes, headers => RequestHeaders.Add(headers, exchange.Request, tools), exchange.Unwanted);
        if (!reply.IsSuccess || !reply.IsEventStream)
            return await answers.ReadAsync(exchange, reply, new StreamCursor());
        await foreach (var received in reply.ReadEventsAsync(new StreamCursor(), exchange.Unwanted))
        {
            exchange.Patience.Renew();
            if (received.Data.IsEmpty)
                continue;
            var message = MessageReader.Read(received.Data);
            if (message.Kind == MessageKind.Response)
                return await EndAsync(exchange, subscription, message);
            if (message.Kind == MessageKind.Notification)
                await TellAsync(exchange, subscription, message);
        }
        return Outcome.MayHaveRun($"The server at {Words.Place(endpoint.Url)} ended the stream of {exchange.Request.Method}");
    }

    private static async Task<Outcome> EndAsync(Exchange exchange, Subscription subscription, Message answer)
    {
        if (answer.SaysTryAgain)
            return Outcome.NotRun(answer.ErrorText ?? "", TimeSpan.FromMilliseconds(answer.RetryAfterMs!.Value), answer.Bytes);
        if (answer.Error.IsEmpty)
            subscription.Ended = answer.Bytes;
        else
            await exchange.AnswerAsync(answer.Bytes);
        return Outcome.Answered;
    }

    private static async Task TellAsync(Exchange exchange, Subscription subscription, Message message)
    {
        if (message.Method != "notifications/subscriptions/acknowledged" || subscription.Acknowledge())
            await exchange.PassOnAsync(message);
        else
        {
            foreach (var hint in subscription.HintsAfterGap(message))
                await exchange.PassOnAsync(MessageReader.Read(hint));
        }
    }
}
