using System.Collections.Immutable;
using Actors.Jobs;
using Orleans;

namespace Actors.Tools;

/// <summary>How a <see cref="PrimitiveCall"/> ended: exactly one of the four named below.</summary>
[GenerateSerializer, Immutable, Alias("actors.primitive-outcome")]
public sealed record PrimitiveOutcome
{
    private PrimitiveOutcome()
    {
    }

    [Id(0)] public PrimitiveOutcomeKind Kind { get; private init; }

    /// <summary>UTF-8 JSON of the result, with <c>resultType</c>; only when completed.</summary>
    [Id(1)] public byte[]? Result { get; private init; }

    /// <summary>Only when failed.</summary>
    [Id(2)] public JobError? Error { get; private init; }

    /// <summary>The questions of this round; only when input is required, and empty where the tool returned only a state.</summary>
    [Id(3)] public ImmutableArray<InputRequest> InputRequests { get; private init; } = [];

    /// <summary>The tool's own request state, unprotected: the frontend seals it. Only when input is required.</summary>
    [Id(4)] public string? RequestState { get; private init; }

    /// <summary>
    /// All exchanges so far, answered and open, to be replayed in the next round or in the job. Only when input is
    /// required by a tool that asked through <c>McpServer</c>, or when the call becomes a job.
    /// </summary>
    [Id(5)] public ImmutableArray<InputExchange> Exchanges { get; private init; } = [];

    public static PrimitiveOutcome Completed(byte[] result) => new() { Kind = PrimitiveOutcomeKind.Completed, Result = result };

    public static PrimitiveOutcome Failed(JobError error) => new() { Kind = PrimitiveOutcomeKind.Failed, Error = error };

    public static PrimitiveOutcome InputRequired(
        ImmutableArray<InputRequest> requests, string? requestState, ImmutableArray<InputExchange> exchanges) =>
        new() { Kind = PrimitiveOutcomeKind.InputRequired, InputRequests = requests, RequestState = requestState, Exchanges = exchanges };

    public static PrimitiveOutcome BecomesJob(ImmutableArray<InputExchange> exchanges) =>
        new() { Kind = PrimitiveOutcomeKind.BecomesJob, Exchanges = exchanges };
}
