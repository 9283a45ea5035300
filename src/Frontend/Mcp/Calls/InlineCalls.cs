using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Rounds;
using Actors.Jobs;
using Actors.Tools;
using Orleans;

namespace Actors.Frontend.Mcp.Calls;

/// <summary>
/// Runs a call while its client waits: as one JSON answer, or with its notifications on the call's stream where the client
/// asked for any. It ends with the connection.
/// </summary>
internal sealed class InlineCalls(IGrainFactory grains, RoundTrips rounds, ServerIdentity identity)
{
    public async ValueTask<PrimitiveOutcome> InvokeAsync(McpRequest request, PrimitiveCall call)
    {
        var primitives = grains.GetGrain<IPrimitiveGrain>(0);
        if (request.ProgressToken is null && request.Envelope.LogLevel is null)
            return await primitives.InvokeAsync(call, request.Aborted);
        await using var events = primitives.InvokeStreamingAsync(call, request.Aborted).GetAsyncEnumerator(request.Aborted);
        while (await request.KeptAliveAsync(events.MoveNextAsync().AsTask()))
        {
            var next = events.Current;
            if (next.Outcome is { } outcome)
                return outcome;
            await Notification.SendAsync(request, next.Method!, next.Params);
        }
        throw new InvalidOperationException($"The call of {call.Method} ended without an outcome.");
    }

    /// <param name="request">The request.</param>
    /// <param name="round">The round that the outcome ends; null for a method without rounds.</param>
    /// <param name="outcome">Anything but a call that becomes a job.</param>
    /// <param name="caching">Hints to add to a complete result; null: none.</param>
    public ValueTask AnswerAsync(McpRequest request, Round? round, PrimitiveOutcome outcome, CachingHints? caching = null) =>
        outcome.Kind switch
        {
            PrimitiveOutcomeKind.Completed => AnswerAsync(request, outcome.Result!, caching),
            PrimitiveOutcomeKind.Failed => throw new JobRefusedException(outcome.Error!),
            PrimitiveOutcomeKind.InputRequired when round is not null => rounds.AnswerAsync(request, round, outcome),
            _ => throw new InvalidOperationException($"{request.Envelope.Method} cannot end as {outcome.Kind}."),
        };

    /// <summary>Sends a result that is JSON already.</summary>
    public async ValueTask AnswerAsync(McpRequest request, byte[] result, CachingHints? caching = null)
    {
        using var json = JsonBuffer.Rent();
        ResultResponse.BeginMessage(json.Writer, request.Id);
        RawResult.Write(json.Writer, result, identity, caching);
        json.Writer.WriteEndObject();
        await request.AnswerAsync(json);
    }
}
