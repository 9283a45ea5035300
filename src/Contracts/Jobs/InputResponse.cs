using Orleans;

namespace Actors.Jobs;

/// <summary>A client's answer to the <see cref="InputRequest"/> of the same key: an entry of <c>inputResponses</c>.</summary>
/// <param name="Key">The key of the request.</param>
/// <param name="Result">UTF-8 JSON of the ElicitResult, CreateMessageResult or ListRootsResult, as the client sent it.</param>
[GenerateSerializer, Immutable, Alias("actors.input-response")]
public sealed record InputResponse([property: Id(0)] string Key, [property: Id(1)] byte[] Result)
{
    /// <summary>The way it came.</summary>
    [Id(2)] public AnswerChannel Through { get; init; }
}
