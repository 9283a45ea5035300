using Orleans;

namespace Actors.Jobs;

/// <summary>
/// A question and, once it came, its answer. The list of them is replayed: a tool that runs again, after a round trip to
/// the client or after a crash, and asks the same question again gets the stored answer.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.input-exchange")]
public sealed record InputExchange([property: Id(0)] InputRequest Request, [property: Id(1)] byte[]? Answer)
{
    public bool IsPending => Answer is null;

    /// <summary>What a newer version of Actors stored with it: kept as it is, byte for byte.</summary>
    [Id(2)] public byte[]? Later { get; init; }

    /// <summary>When it was first asked; null in a call that is not a job.</summary>
    [Id(3)] public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Who answered, and when.</summary>
    [Id(4)] public AnswerOrigin? Origin { get; init; }

    /// <summary>Open, but of an earlier execution: the latest one did not ask it, and an answer would reach nobody.</summary>
    [Id(5)] public bool IsSuperseded { get; init; }
}
