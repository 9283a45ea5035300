using System.Collections.Immutable;
using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>Draws a job's row as its owner sees it.</summary>
internal static class Snapshots
{
    public static JobSnapshot Of(JobRow row, ImmutableArray<InputRequest> open, int pollIntervalMs, long revision) => new()
    {
        Id = row.Id,
        Tool = row.Tool,
        Status = row.Status,
        StatusMessage = Sentence(row, open),
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        TtlMs = row.ExpiresAt is { } expires ? (long)(expires - row.CreatedAt).TotalMilliseconds : null,
        PollIntervalMs = pollIntervalMs,
        Attempt = row.Attempt,
        Revision = revision,
        Progress = row.Progress,
        InputRequests = row.Status is JobStatus.InputRequired ? open : [],
        Result = row.Result,
        Error = row.Error,
        Cancel = row.Cancel,
        Attempts = row.Attempts,
        AttemptStartedAt = row.AttemptStartedAt,
        StartAt = row.Status is JobStatus.Queued ? row.RunAt : null,
        Priority = row.Priority,
        InputExpiresAt = row.Status is JobStatus.InputRequired ? row.InputExpiresAt : null,
        Silo = row.Silo,
        Options = row.Options,
        Answered = Answers.Latest(row.Exchanges),
    };

    /// <summary>
    /// The row of a job whose attempt is not here. Its progress is shown by the silo that runs the attempt, and by nobody else: what
    /// is stored may be less than somebody has seen. How far a job had come that has ended is final.
    /// </summary>
    public static JobRow WithoutProgress(JobRow row) => row.Status.IsTerminal() || row.Progress is null ? row : row with { Progress = null };

    /// <summary>Where the job stands, in words.</summary>
    public static string? Sentence(JobRow row, ImmutableArray<InputRequest> open) => row.Status switch
    {
        JobStatus.Queued when row.Attempts is [.., var last] && RetrySentence.Of(last, row.RunAt) is { } sentence => sentence,
        JobStatus.Queued when row.RunAt > row.UpdatedAt => $"To start at {row.RunAt.UtcDateTime:u}.",
        JobStatus.Queued when row.Attempt > 0 => "Waiting for a free slot to go on.",
        JobStatus.Queued => "Waiting for a free slot.",
        // The progress speaks for itself; it has the amount beside the tool's words.
        JobStatus.Running => null,
        JobStatus.InputRequired => open.Length == 1 ? "Waiting for an answer." : $"Waiting for {open.Length} answers.",
        JobStatus.Failed => row.Error?.Message,
        JobStatus.Cancelled when row.CancelReason is { } reason => $"Cancelled: {reason}",
        JobStatus.Cancelled => "Cancelled.",
        _ => null,
    };
}
