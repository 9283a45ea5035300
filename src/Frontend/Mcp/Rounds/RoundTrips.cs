using System.Collections.Immutable;
using System.Text.Json;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;
using Actors.Tools;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Rounds;

/// <summary>Multi round-trip requests: takes up a call where its last round ended, and answers with the next questions.</summary>
internal sealed class RoundTrips(RequestStateSeal seal, ServerIdentity identity, IOptions<McpOptions> options, TimeProvider time)
{
    public async ValueTask<Round> OpenAsync(McpRequest request, string name, JsonElement parameters)
    {
        // Older revisions have requests to the client instead, which the session's grain makes.
        if (request.IsLegacy)
            return Round.None;
        var binding = RoundBinding.Of(request, name, parameters);
        var responses = InputAnswers.Read(parameters, AnswerChannel.Call) ?? [];
        if (ParamsDocument.OptionalString(parameters, "requestState") is not { } requestState)
            return new Round(binding, [], null, responses);
        var state = await seal.OpenAsync(requestState, binding, request.Aborted);
        return new Round(binding, Merge(state.Exchanges, responses), state.ToolState, responses);
    }

    /// <summary>Sends the InputRequiredResult for a call that cannot go on without answers.</summary>
    public async ValueTask AnswerAsync(McpRequest request, Round round, PrimitiveOutcome outcome)
    {
        foreach (var question in outcome.InputRequests)
            RequireDeclared(request.Envelope, question.Method);
        var expiresAt = time.GetUtcNow() + options.Value.RequestStateLifetime;
        var state = new RoundState(expiresAt.ToUnixTimeMilliseconds(), outcome.Exchanges, outcome.RequestState);
        var requestState = await seal.SealAsync(state, round.Binding, request.Aborted);
        using var json = JsonBuffer.Rent();
        ResultResponse.Begin(json.Writer, request, WireNames.InputRequired);
        if (!outcome.InputRequests.IsEmpty)
            TaskJson.WriteInputRequests(json.Writer, outcome.InputRequests);
        json.Writer.WriteString("requestState", requestState);
        ResultResponse.End(json.Writer, request, identity);
        await request.AnswerAsync(json);
    }

    private static ImmutableArray<InputExchange> Merge(ImmutableArray<InputExchange> exchanges, ImmutableArray<InputResponse> responses) =>
    [
        .. exchanges.Select(exchange => exchange.IsPending && responses.FirstOrDefault(r => r.Key == exchange.Request.Key) is { } response
            ? exchange with { Answer = response.Result }
            : exchange),
    ];

    // MRTR, Server Requirements, 7: never a question that the client did not say it can put.
    private static void RequireDeclared(Envelope envelope, string method)
    {
        var (capability, declared) = method switch
        {
            "elicitation/create" => ("elicitation", envelope.DeclaresElicitation),
            "sampling/createMessage" => ("sampling", envelope.DeclaresSampling),
            _ => ("roots", envelope.DeclaresRoots),
        };
        if (!declared)
            throw new RefusedException(
                Refusal.MissingCapability,
                $"This call needs an answer by {method}: declare the capability '{capability}' in params._meta of the request.",
                System.Text.Encoding.UTF8.GetBytes("{\"requiredCapabilities\":{\"" + capability + "\":{}}}"));
    }
}
