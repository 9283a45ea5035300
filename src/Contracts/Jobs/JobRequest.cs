using Actors.Tools;
using Orleans;

namespace Actors.Jobs;

/// <summary>What a job is created from: the call, which becomes the job's durable arguments, and what the caller asked of the record.</summary>
[GenerateSerializer, Immutable, Alias("actors.job-request")]
public sealed record JobRequest
{
    [Id(0)] public required PrimitiveCall Call { get; init; }

    /// <summary>Milliseconds the record is wanted for, or null for the tool's default.</summary>
    [Id(1)] public long? TtlMs { get; init; }

    /// <summary>JSON object of strings to find the job again by, or null.</summary>
    [Id(2)] public string? Labels { get; init; }

    /// <summary>Not to start before; null: at once.</summary>
    [Id(3)] public DateTimeOffset? StartAt { get; init; }

    /// <summary>From -100 to 100: the higher first, among the jobs of one principal.</summary>
    [Id(4)] public int Priority { get; init; }

    /// <summary>What was asked of this job beyond that, or null: stored as it is.</summary>
    [Id(5)] public JobOptions? Options { get; init; }
}
