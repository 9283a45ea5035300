using Orleans;

namespace Actors.Jobs;

/// <summary>What a caller asks of a job's attempts, where that differs from the tool's <see cref="JobAttribute"/>; null: as the tool has it.</summary>
[GenerateSerializer, Immutable, Alias("actors.retry-terms")]
public sealed record RetryTerms
{
    /// <summary>Executions at most, the first included; never more than the tool allows.</summary>
    [Id(0)] public int? MaxAttempts { get; init; }

    /// <summary>Milliseconds before the second attempt.</summary>
    [Id(1)] public int? FirstDelayMs { get; init; }

    /// <summary>By how much each delay is longer than the one before; at least 1.</summary>
    [Id(2)] public double? Backoff { get; init; }

    /// <summary>Milliseconds that no delay exceeds.</summary>
    [Id(3)] public int? MaxDelayMs { get; init; }
}
