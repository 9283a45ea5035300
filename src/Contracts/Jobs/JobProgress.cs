using Orleans;

namespace Actors.Jobs;

/// <summary>How far a job is, in the tool's own unit, as in the protocol's <c>notifications/progress</c>.</summary>
[GenerateSerializer, Immutable, Alias("actors.job-progress")]
public sealed record JobProgress(
    [property: Id(0)] double Progress,
    [property: Id(1)] double? Total,
    [property: Id(2)] string? Message);
