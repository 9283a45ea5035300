using System.Collections.Immutable;
using Orleans;

namespace Actors.Jobs;

/// <summary>What became of a set of answers, key by key.</summary>
/// <param name="Accepted">Durably stored and handed to the tool.</param>
/// <param name="Ignored">Unknown keys and keys that were answered before (tasks extension: ignored, not refused).</param>
/// <param name="Job">The job afterwards.</param>
[GenerateSerializer, Immutable, Alias("actors.answer-result")]
public sealed record AnswerResult(
    [property: Id(0)] ImmutableArray<string> Accepted,
    [property: Id(1)] ImmutableArray<string> Ignored,
    [property: Id(2)] JobSnapshot Job)
{
    /// <summary>Those of <see cref="Ignored"/> that were answered before, and by whom.</summary>
    [Id(3)] public ImmutableArray<AnsweredInput> Earlier { get; init; } = [];
}
