using System.Text.Json;

namespace Actors.Chaos.Checker.Records;

/// <summary>A message that arrived on the stream of a subscriptions/listen.</summary>
public sealed record StreamEvent
{
    /// <summary>The <see cref="CallRecord.Id"/> of the request that opened the stream.</summary>
    public required long Stream { get; init; }

    public required double AtMs { get; init; }

    public required JsonElement Body { get; init; }
}
