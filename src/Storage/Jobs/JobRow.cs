using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Tenants;

namespace Actors.Storage.Jobs;

/// <summary>
/// A job's row. Immutable, so that a write that failed leaves the grain with what is stored:
/// the grain replaces the whole of it and writes.
/// </summary>
public sealed record JobRow
{
    // Set at creation, never changed, and so never written again.
    public required string Id { get; init; }
    public required Principal Owner { get; init; }
    public required string Tool { get; init; }

    /// <summary>JSON object of strings that its creator put on it, or null.</summary>
    public string? Labels { get; init; }
    public required byte[] Params { get; init; }
    public required string ProtocolVersion { get; init; }
    public required byte[] ClientCapabilities { get; init; }
    public byte[]? ClientInfo { get; init; }
    public bool AnswersThroughJobTools { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From -100 to 100, the higher first among the jobs of one principal.</summary>
    public int Priority { get; init; }
    public JobOptions? Options { get; init; }

    // What moves.
    public required JobStatus Status { get; init; }
    public string? StatusMessage { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public int Attempt { get; init; }

    /// <summary>While queued: not to start before; also its place in line among those of its priority.</summary>
    public required DateTimeOffset RunAt { get; init; }
    public DateTimeOffset? AttemptStartedAt { get; init; }

    /// <summary>The attempts that ended without ending the job, oldest first, the latest where there were many.</summary>
    public ImmutableArray<AttemptRecord> Attempts { get; init; } = [];

    /// <summary>How long it has waited for answers in all, the wait that goes on now not included.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Since when it waits for an answer; null while it does not.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the job's total time is over, should it wait for no more answers; null: no limit, or not started.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>While a question is open: until when it can be answered.</summary>
    public DateTimeOffset? InputExpiresAt { get; init; }

    /// <summary>The silo and lease epoch that may run and write the job; null while nobody does.</summary>
    public string? Silo { get; init; }
    public long Epoch { get; init; }

    public CancelState Cancel { get; init; }
    public string? CancelReason { get; init; }
    public JobProgress? Progress { get; init; }
    public byte[]? Checkpoint { get; init; }
    public ImmutableArray<InputExchange> Exchanges { get; init; } = [];
    public byte[]? Result { get; init; }

    /// <summary>Whether the result is a failure of the tool's own (<c>isError</c>).</summary>
    public bool IsToolError { get; init; }
    public JobError? Error { get; init; }
}
