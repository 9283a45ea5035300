using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>A question of a tool to the client.</summary>
/// <param name="Name">The key the tool wants for it, or null to have one given.</param>
/// <param name="Method">For example <c>elicitation/create</c>.</param>
/// <param name="Params">UTF-8 JSON object, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.input-question")]
public sealed record InputQuestion(
    [property: Id(0)] string? Name,
    [property: Id(1)] string Method,
    [property: Id(2)] byte[]? Params);
