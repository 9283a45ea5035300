using Orleans;

namespace Actors.Jobs;

/// <summary>One question to the client: an entry of the protocol's <c>inputRequests</c>.</summary>
/// <param name="Key">Names the question; never used twice in the life of a job (tasks extension, Task Update Requests).</param>
/// <param name="Method"><c>elicitation/create</c>, <c>sampling/createMessage</c> or <c>roots/list</c>.</param>
/// <param name="Params">UTF-8 JSON object of that request's params, or null where it has none.</param>
[GenerateSerializer, Immutable, Alias("actors.input-request")]
public sealed record InputRequest(
    [property: Id(0)] string Key,
    [property: Id(1)] string Method,
    [property: Id(2)] byte[]? Params);
