using Orleans;

namespace Actors.Sessions;

/// <summary>A client's JSON-RPC response to a request of the server's: one of the two.</summary>
/// <param name="Result">UTF-8 JSON of <c>result</c>.</param>
/// <param name="Error">What <c>error.message</c> says.</param>
[GenerateSerializer, Immutable, Alias("actors.client-answer")]
public sealed record ClientAnswer([property: Id(0)] byte[]? Result, [property: Id(1)] string? Error);
