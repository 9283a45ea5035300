using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>One entry of a job's journal.</summary>
public sealed record JournalEntry
{
    public required JobKey Job { get; init; }

    public required DateTimeOffset At { get; init; }

    public required JournalKind Kind { get; init; }

    /// <summary>A log line's level, in the protocol's words (<c>info</c>, <c>warning</c>, …).</summary>
    public string? Level { get; init; }

    public string? Text { get; init; }

    /// <summary>UTF-8 JSON, or null.</summary>
    public byte[]? Data { get; init; }
}
