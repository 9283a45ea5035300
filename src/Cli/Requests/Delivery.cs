using Actors.Cli.Host;
using Actors.Cli.Http;
using Actors.Cli.Messages;
using Actors.Cli.Retries;

namespace Actors.Cli.Requests;

/// <summary>Sends a request until it is answered, as often as it may be sent and for as long as its host should wait.</summary>
internal sealed class Delivery(Repeatability repeatability, ServerContact contact, Diagnostics diagnostics)
{
    /// <param name="exchange">The request.</param>
    /// <param name="sendOnce">Sends it once; connections that break are no exception there.</param>
    public async Task RunAsync(Exchange exchange, Func<Task<Outcome>> sendOnce)
    {
        while (true)
        {
            var outcome = await TryAsync(exchange, sendOnce);
            switch (outcome.Kind)
            {
                case OutcomeKind.Answered:
                    contact.Found();
                    return;
                case OutcomeKind.Refused:
                    contact.Found();
                    await exchange.AnswerAsync(outcome.Answer!.Value);
                    return;
                case OutcomeKind.MayHaveRun when !repeatability.Allows(exchange.Request):
                    await exchange.AnswerAsync(ErrorMessage.Uncertain, Uncertain(exchange.Request, outcome.Why));
                    return;
            }
            contact.Lost(outcome.Why);
            diagnostics.Trace($"{exchange.Request} is tried again: {outcome.Why}");
            if (!await exchange.Patience.PauseAsync(outcome.After, exchange.Unwanted))
            {
                await GiveUpAsync(exchange, outcome);
                return;
            }
        }
    }

    private static async Task<Outcome> TryAsync(Exchange exchange, Func<Task<Outcome>> sendOnce)
    {
        try
        {
            return await sendOnce();
        }
        catch (ConnectionLostException e)
        {
            return e.MayHaveArrived ? Outcome.MayHaveRun(e.Message) : Outcome.NotRun(e.Message);
        }
        catch (MessageTooLargeException e)
        {
            return Outcome.Refused(ErrorMessage.Create(exchange.Request.Id, ErrorMessage.Internal, e.Message));
        }
    }

    private async Task GiveUpAsync(Exchange exchange, Outcome outcome)
    {
        var spent = exchange.Patience.Spent;
        diagnostics.Say($"Gave up {exchange.Request.Method} after {spent.TotalSeconds:0} s: {outcome.Why}.");
        if (outcome.Answer is { } answer)
            await exchange.AnswerAsync(answer);
        else
            await exchange.AnswerAsync(
                ErrorMessage.Unavailable,
                $"{outcome.Why}. Tried for {spent.TotalSeconds:0} s. Jobs that were made run on; try again later.");
    }

    private static string Uncertain(Message request, string why)
    {
        if (request.Method != "tools/call")
            return $"{why}. {request.Method} was sent and may or may not have been done: look before you send it again.";
        var name = request.Name;
        return $"{why}. '{name}' was called and may or may not have run: look before you call it again. "
            + $"If it runs as a job, job_list with tool '{name}' shows whether that was made; it runs on, and its handle is good.";
    }
}
