using Orleans;

namespace Actors.Jobs;

/// <summary>That a question was answered; not what was answered, which is between its client and the tool.</summary>
/// <param name="Key">The question's key.</param>
/// <param name="AskedAt">When it was asked; null where that is not recorded.</param>
/// <param name="Origin">Who answered; null where that is not recorded.</param>
[GenerateSerializer, Immutable, Alias("actors.answered-input")]
public sealed record AnsweredInput(
    [property: Id(0)] string Key,
    [property: Id(1)] DateTimeOffset? AskedAt,
    [property: Id(2)] AnswerOrigin? Origin);
