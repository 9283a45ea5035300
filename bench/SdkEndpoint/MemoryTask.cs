using ModelContextProtocol.Protocol;

namespace Actors.Bench.SdkEndpoint;

/// <summary>A task as the wire has it.</summary>
internal sealed class MemoryTask : Result
{
    public required string TaskId { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastUpdatedAt { get; init; }

    public required long TtlMs { get; init; }

    public required long PollIntervalMs { get; init; }
}
