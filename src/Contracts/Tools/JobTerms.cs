using Actors.Jobs;
using Orleans;

namespace Actors.Tools;

/// <summary>What a frontend must know of a tool's <see cref="JobAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("actors.job-terms")]
public sealed record JobTerms([property: Id(0)] JobStart Start, [property: Id(1)] TaskSupport TaskSupport)
{
    /// <summary><see cref="JobAttribute.ReleaseConnectionAfterMs"/>.</summary>
    [Id(2)] public int ReleaseConnectionAfterMs { get; init; }

    /// <summary><see cref="JobAttribute.DeduplicateSeconds"/>.</summary>
    [Id(3)] public int DeduplicateSeconds { get; init; }

    /// <summary><see cref="JobAttribute.MaxAttempts"/>; 0: a silo of an earlier version did not say.</summary>
    [Id(4)] public int MaxAttempts { get; init; }
}
