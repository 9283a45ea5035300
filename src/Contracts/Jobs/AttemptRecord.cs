using Orleans;

namespace Actors.Jobs;

/// <summary>An attempt that ended without ending its job: when, where and how.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Silo">Where it ran.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When its end was stored.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">One sentence on what went wrong, or null.</param>
[GenerateSerializer, Immutable, Alias("actors.attempt-record")]
public sealed record AttemptRecord(
    [property: Id(0)] int Number,
    [property: Id(1)] string? Silo,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] DateTimeOffset EndedAt,
    [property: Id(4)] AttemptOutcome Outcome,
    [property: Id(5)] string? Error)
{
    /// <summary>How many of the job's attempts were used up when this one had ended: one handed over, or parked, is not.</summary>
    [Id(6)] public int Used { get; init; }

    /// <summary>How many the job might have, in all.</summary>
    [Id(7)] public int Limit { get; init; }

    /// <summary>Whether the next one starts from nothing: the checkpoint and the steps went with this one.</summary>
    [Id(8)] public bool StartsOver { get; init; }
}
