using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Rounds;
using Actors.Jobs;
using Actors.Tools;

namespace Actors.Frontend.Mcp.Calls;

/// <summary>Answers a call whose client waits: as one JSON answer, or on the call's stream where something was sent already.</summary>
internal sealed class InlineCalls(RoundTrips rounds, ServerIdentity identity)
{
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
        if (request.IsLegacy)
            RawResult.WriteLegacy(json.Writer, result, request.RelatedTask, request.IsJoined);
        else
            RawResult.Write(json.Writer, result, identity, caching, request.IsJoined);
        json.Writer.WriteEndObject();
        await request.AnswerAsync(json);
    }
}
