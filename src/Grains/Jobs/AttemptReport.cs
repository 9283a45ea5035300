using System.Collections.Immutable;
using Actors.Jobs;
using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>What an attempt has to say since it last did.</summary>
/// <param name="Progress">The latest progress, or null where it did not change.</param>
/// <param name="Log">Log lines, oldest first.</param>
[GenerateSerializer, Immutable, Alias("actors.attempt-report")]
public sealed record AttemptReport(
    [property: Id(0)] JobProgress? Progress,
    [property: Id(1)] ImmutableArray<JobLogLine> Log);
