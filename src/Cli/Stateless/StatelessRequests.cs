using Actors.Cli.Http;
using Actors.Cli.Messages;
using Actors.Cli.Requests;
using Actors.Cli.Retries;
using Actors.Cli.Tools;

namespace Actors.Cli.Stateless;

/// <summary>Requests of revision 2026-07-28: each by itself, each with its own connection, which ends when the host cancels.</summary>
internal sealed class StatelessRequests(Endpoint endpoint, Answers answers, Delivery delivery, KnownTools tools, ToolListing listing)
{
    public Task RunAsync(Exchange exchange) => delivery.RunAsync(exchange, () => SendAsync(exchange));

    private async Task<Outcome> SendAsync(Exchange exchange)
    {
        var outcome = await SendOnceAsync(exchange);
        // The tool mirrors arguments that the bridge has not heard of, or has changed (Client Behavior).
        if (exchange.Request.Method == "tools/call" && IsHeaderMismatch(outcome) && await listing.LearnAsync(exchange))
            return await SendOnceAsync(exchange);
        return outcome;
    }

    private async Task<Outcome> SendOnceAsync(Exchange exchange)
    {
        using var reply = await endpoint.PostAsync(
            exchange.Request.Bytes, headers => RequestHeaders.Add(headers, exchange.Request, tools), exchange.Unwanted);
        return await answers.ReadAsync(exchange, reply, new StreamCursor());
    }

    private static bool IsHeaderMismatch(Outcome outcome) =>
        outcome is { Kind: OutcomeKind.Refused, Answer: { } answer } && MessageReader.Read(answer).ErrorCode == ErrorMessage.HeaderMismatch;
}
