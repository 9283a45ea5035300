using Orleans;

namespace Actors.Grains.Jobs;

/// <summary>A <c>notifications/message</c> of a tool.</summary>
/// <param name="At">When the tool sent it.</param>
/// <param name="Level">The protocol's level, for example <c>info</c>.</param>
/// <param name="Logger">The logger's name, or null.</param>
/// <param name="Data">UTF-8 JSON, any value.</param>
[GenerateSerializer, Immutable, Alias("actors.job-log-line")]
public sealed record JobLogLine(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string Level,
    [property: Id(2)] string? Logger,
    [property: Id(3)] byte[] Data);
