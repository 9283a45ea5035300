using System.Collections.Immutable;
using Orleans;

namespace Actors.Jobs;

/// <summary>What a job looks like to its owner at one moment; immutable, so that a poll is a pointer's worth of work.</summary>
[GenerateSerializer, Immutable, Alias("actors.job-snapshot")]
public sealed record JobSnapshot
{
    /// <summary>The handle: the protocol's <c>taskId</c>.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Tool { get; init; }

    [Id(2)] public required JobStatus Status { get; init; }

    /// <summary>One sentence on where the job stands, for a person or a model.</summary>
    [Id(3)] public string? StatusMessage { get; init; }

    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(5)] public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Milliseconds from creation after which the record may be discarded once it ended; null: kept.</summary>
    [Id(6)] public long? TtlMs { get; init; }

    [Id(7)] public int PollIntervalMs { get; init; }

    /// <summary>The execution that runs or ran last; 0 before the first.</summary>
    [Id(8)] public int Attempt { get; init; }

    /// <summary>
    /// Grows with everything a watcher can see, progress included. It counts within one activation of the grain: compare
    /// it with values read since, never store it.
    /// </summary>
    [Id(9)] public long Revision { get; init; }

    [Id(10)] public JobProgress? Progress { get; init; }

    /// <summary>The open questions, oldest first; empty unless the job is in <see cref="JobStatus.InputRequired"/>.</summary>
    [Id(11)] public ImmutableArray<InputRequest> InputRequests { get; init; } = [];

    /// <summary>UTF-8 JSON of the CallToolResult, with its <c>resultType</c>; only when completed.</summary>
    [Id(12)] public byte[]? Result { get; init; }

    /// <summary>Only when failed.</summary>
    [Id(13)] public JobError? Error { get; init; }

    [Id(14)] public CancelState Cancel { get; init; }

    /// <summary>The attempts that ended without ending the job, oldest first; of many, the latest.</summary>
    [Id(15)] public ImmutableArray<AttemptRecord> Attempts { get; init; } = [];

    /// <summary>When the current or last attempt began; null before the first.</summary>
    [Id(16)] public DateTimeOffset? AttemptStartedAt { get; init; }

    /// <summary>While queued: not before.</summary>
    [Id(17)] public DateTimeOffset? StartAt { get; init; }

    [Id(18)] public int Priority { get; init; }

    /// <summary>While queued: where in line; null where that is not known here.</summary>
    [Id(19)] public QueuePlace? Place { get; init; }

    /// <summary>While a question is open: until when it can be answered; null: for as long as the record is kept.</summary>
    [Id(20)] public DateTimeOffset? InputExpiresAt { get; init; }

    /// <summary>The silo that runs it, or ran it last.</summary>
    [Id(21)] public string? Silo { get; init; }

    [Id(22)] public JobOptions? Options { get; init; }

    /// <summary>Only in the answer to its creation: it was there before, under the same key.</summary>
    [Id(23)] public bool IsJoined { get; init; }

    /// <summary>
    /// How many log lines this activation of the grain has taken: it grows when there is more to read in the journal. Compare it as
    /// <see cref="Revision"/>.
    /// </summary>
    [Id(24)] public long LogLines { get; init; }

    /// <summary>The questions that were answered, oldest first; of many, the latest.</summary>
    [Id(25)] public ImmutableArray<AnsweredInput> Answered { get; init; } = [];

    public bool IsTerminal => Status.IsTerminal();
}
