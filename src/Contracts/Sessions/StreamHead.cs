using Orleans;

namespace Actors.Sessions;

/// <summary>What a stream that is taken up again was opened for.</summary>
/// <param name="RequestId">The JSON-RPC id of the client's request, JSON.</param>
/// <param name="Method">Its method.</param>
[GenerateSerializer, Immutable, Alias("actors.stream-head")]
public sealed record StreamHead([property: Id(0)] byte[] RequestId, [property: Id(1)] string Method);
