using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>What a question became.</summary>
/// <param name="Key">Under which the client sees it.</param>
/// <param name="Answer">The stored answer, or null while it is open.</param>
[GenerateSerializer, Immutable, Alias("actors.input-ticket")]
public sealed record InputTicket([property: Id(0)] string Key, [property: Id(1)] byte[]? Answer);
