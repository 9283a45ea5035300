using Actors.Jobs;

namespace Actors.Storage.Jobs;

/// <summary>A job as a line in a list: its row as it was last written, progress up to a second old.</summary>
public sealed record JobSummary
{
    public required string Id { get; init; }

    public required string Tool { get; init; }

    public required JobStatus Status { get; init; }

    public string? StatusMessage { get; init; }

    public JobProgress? Progress { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public int Attempt { get; init; }

    public CancelState Cancel { get; init; }

    /// <summary>Completed with a failure of the tool's own (<c>isError</c>).</summary>
    public bool IsToolError { get; init; }

    /// <summary>While queued: not to start before.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>JSON object of strings, or null.</summary>
    public string? Labels { get; init; }
}
