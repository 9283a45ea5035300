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
}
