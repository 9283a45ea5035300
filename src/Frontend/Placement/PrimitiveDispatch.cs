using Actors.Frontend.Catalogues;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Sessions;
using Actors.Frontend.Retries;
using Actors.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Frontend.Placement;

/// <summary>
/// Runs a short call on a silo that has what it calls, and passes its notifications on where the client asked for any; it ends
/// with the connection. Where the silo goes away, another one takes the call if it surely did
/// not start or may run twice; otherwise the caller is told that nobody knows.
/// </summary>
internal sealed partial class PrimitiveDispatch(
    IGrainFactory grains,
    CatalogueFeed catalogue,
    SiloTurns turns,
    SessionCalls sessions,
    IOptions<RetryOptions> options,
    TimeProvider time,
    ILogger<PrimitiveDispatch> logger)
{
    /// <exception cref="RefusedException">No silo could take it in time, or it is not known whether it ran.</exception>
    public async ValueTask<PrimitiveOutcome> InvokeAsync(McpRequest request, PrimitiveCall call)
    {
        if (request.IsLegacy)
            return await sessions.InvokeAsync(request, call, (await catalogue.GetAsync(request.Aborted)).Places.Of(call));
        var startedAt = time.GetTimestamp();
        var pauses = new Backoff(options.Value);
        while (true)
        {
            var place = (await catalogue.GetAsync(request.Aborted)).Places.Of(call);
            var silo = turns.Next(place.Silos);
            try
            {
                return await RunAsync(request, call, silo);
            }
            catch (Exception e) when (IsAboutTheWay(e) && !request.Aborted.IsCancellationRequested)
            {
                if (silo is not null && e is (OrleansMessageRejectionException or WrongSiloException))
                    turns.Avoid(silo);
                if (!CallLoss.WasRefused(e) && !(place.IsRepeatable && request.Events is null))
                    throw Uncertain(call, e);
                var pause = pauses.Next();
                if (time.GetElapsedTime(startedAt) + pause > options.Value.Patience)
                    throw Unavailable.Because(e);
                LogElsewhere(call.Method, e.GetType().Name, e.Message);
                await Task.Delay(pause, time, request.Aborted);
            }
        }
    }

    private async ValueTask<PrimitiveOutcome> RunAsync(McpRequest request, PrimitiveCall call, SiloAddress? silo)
    {
        var primitives = grains.GetGrain<IPrimitiveGrain>(silo?.ToParsableString() ?? "any");
        if (request.ProgressToken is null && request.Envelope.LogLevel is null)
            return await PlacementHint.At(silo, () => primitives.InvokeAsync(call, request.Aborted));
        return await RunStreamingAsync(request, call, silo, primitives);
    }

    private async ValueTask<PrimitiveOutcome> RunStreamingAsync(McpRequest request, PrimitiveCall call, SiloAddress? silo, IPrimitiveGrain primitives)
    {
        var startedAt = time.GetTimestamp();
        var hasBegun = false;
        try
        {
            await using var events = primitives.InvokeStreamingAsync(call, request.Aborted).GetAsyncEnumerator(request.Aborted);
            // The first move is the call; the others go to where it runs.
            var next = PlacementHint.At(silo, () => events.MoveNextAsync().AsTask());
            while (await request.KeptAliveAsync(next))
            {
                hasBegun = true;
                if (events.Current.Outcome is { } outcome)
                    return outcome;
                await Notification.SendAsync(request, events.Current.Method!, events.Current.Params);
                next = events.MoveNextAsync().AsTask();
            }
        }
        catch (OrleansMessageRejectionException e) when (CallLoss.IsOfCallUnderWay(hasBegun, time.GetElapsedTime(startedAt)))
        {
            // What was refused asked how it goes on, not for the call.
            throw new SiloUnavailableException($"The silo was lost while it ran {call.Method}.", e);
        }
        throw new InvalidOperationException($"The call of {call.Method} ended without an outcome.");
    }

    private static bool IsAboutTheWay(Exception exception) => exception is WrongSiloException || Transient.Is(exception);

    private RefusedException Uncertain(PrimitiveCall call, Exception exception)
    {
        LogUncertain(call.Caller.Tenant, call.Method, exception);
        return new RefusedException(
            Refusal.Uncertain,
            $"The silo that ran '{call.Name}' did not answer any more: the call may or may not have run. Look at what it does before you call it again.");
    }

    [LoggerMessage(1, LogLevel.Information, "{Method} is given to another silo after {Failure}: {Reason}")]
    private partial void LogElsewhere(string method, string failure, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A call of {Method} of tenant {Tenant} may or may not have run")]
    private partial void LogUncertain(string tenant, string method, Exception exception);
}
