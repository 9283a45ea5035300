using Orleans;

namespace Actors.Jobs;

/// <summary>Where a queued job stands in line, as it was a moment ago.</summary>
[GenerateSerializer, Immutable, Alias("actors.queue-place")]
public sealed record QueuePlace
{
    /// <summary>Jobs of the same principal that come first; never more than is worth counting.</summary>
    [Id(0)] public required long Ahead { get; init; }

    /// <summary>Whether there are more than <see cref="Ahead"/>: counting ended there.</summary>
    [Id(1)] public bool IsAtLeast { get; init; }

    /// <summary>The limit that holds the job back, in words (<c>running jobs of the tool 'x'</c>), or null where it only waits for its turn.</summary>
    [Id(2)] public string? Limit { get; init; }

    [Id(3)] public long? LimitValue { get; init; }

    [Id(4)] public long? LimitCurrent { get; init; }

    /// <summary>When it is likely to start, by the rate at which its principal's jobs started lately; null where nobody knows.</summary>
    [Id(5)] public DateTimeOffset? LikelyStart { get; init; }
}
