using System.Collections.Immutable;
using System.Text.Json;
using Actors.Tools;
using ModelContextProtocol.Protocol;

namespace Actors.Silo.Calls;

/// <summary>The rounds of a tool that conducts them itself, with the SDK's InputRequiredException and a request state.</summary>
internal static class OwnRounds
{
    public static PrimitiveOutcome Outcome(InputRequiredResult round, ClientCapabilities declared, ImmutableArray<Jobs.InputExchange> exchanges)
    {
        if (Questions(round).Select(q => ClientNeeds.Missing(q.Value, declared)).FirstOrDefault(m => m is not null) is { } missing)
        {
            return PrimitiveOutcome.Failed(CallErrors.Of(missing));
        }

        return PrimitiveOutcome.InputRequired(
            [.. Questions(round).Select(q => new Jobs.InputRequest(q.Key, q.Value.Method, Utf8(q.Value)))],
            round.RequestState,
            exchanges);
    }

    public static IEnumerable<KeyValuePair<string, InputRequest>> Questions(InputRequiredResult round) =>
        round.InputRequests ?? Enumerable.Empty<KeyValuePair<string, InputRequest>>();

    public static byte[]? Utf8(InputRequest question) =>
        question.Params is { } parameters ? JsonSerializer.SerializeToUtf8Bytes(parameters) : null;
}
