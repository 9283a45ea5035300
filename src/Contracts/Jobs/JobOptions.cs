using Orleans;

namespace Actors.Jobs;

/// <summary>What few jobs have: fixed at creation, and kept with the record.</summary>
[GenerateSerializer, Immutable, Alias("actors.job-options")]
public sealed record JobOptions
{
    [Id(0)] public RetryTerms? Retry { get; init; }

    /// <summary>The caller's idempotency key, from which the job's id was made.</summary>
    [Id(1)] public string? IdempotencyKey { get; init; }

    /// <summary>UTF-8 JSON of what follows the job's end (<c>then</c>, <c>webhook</c>), checked by the frontend.</summary>
    [Id(2)] public byte[]? FollowUp { get; init; }

    /// <summary>The handle of the job that this one tries again, by hand.</summary>
    [Id(3)] public string? RetryOf { get; init; }

    /// <summary>The id of the schedule that this is a run of.</summary>
    [Id(4)] public string? Schedule { get; init; }

    /// <summary>The handle of the job whose end called this one.</summary>
    [Id(5)] public string? CalledBy { get; init; }

    /// <summary>Of a job that tries another one again: the handle of the first of them all.</summary>
    [Id(6)] public string? FirstTry { get; init; }

    /// <summary>Milliseconds that the caller asked the record to be kept for; null: as the tool declares.</summary>
    [Id(7)] public long? TtlMs { get; init; }
}
