using Actors.Tools;
using Orleans;

namespace Actors.Sessions;

/// <summary>What a stream that is taken up again was opened for.</summary>
/// <param name="RequestId">The JSON-RPC id of the client's request, JSON.</param>
/// <param name="Call">What it called.</param>
/// <param name="JobId">The handle of the job that the call becomes, if it does.</param>
[GenerateSerializer, Immutable, Alias("actors.stream-head")]
public sealed record StreamHead([property: Id(0)] byte[] RequestId, [property: Id(1)] PrimitiveCall Call, [property: Id(2)] string JobId);
