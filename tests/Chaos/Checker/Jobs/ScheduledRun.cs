using System.Text.Json;

namespace Actors.Chaos.Checker.Jobs;

/// <summary>What schedule_get says of a due time, or of a row of missed ones. Milliseconds since 1970.</summary>
/// <param name="DueMs">The due time, or the first of them.</param>
/// <param name="LastDueMs">The last of them.</param>
/// <param name="Outcome">started, skipped, missed or refused.</param>
/// <param name="Job">The handle of the job that it became.</param>
/// <param name="JobStatus">Where that stands.</param>
/// <param name="Note">Why there is none.</param>
internal sealed record ScheduledRun(double DueMs, double LastDueMs, string Outcome, string? Job, string? JobStatus, string? Note)
{
    /// <summary>As structured content has it.</summary>
    public static ScheduledRun Of(JsonElement run)
    {
        var due = Answer.Time(run, "due_at") ?? throw new JsonException("A run has no due time.");
        return new ScheduledRun(
            due.ToUnixTimeMilliseconds(),
            (Answer.Time(run, "last_due_at") ?? due).ToUnixTimeMilliseconds(),
            Answer.Text(run, "outcome") ?? "",
            Answer.Text(run, "job_id"),
            Answer.Text(run, "job_status"),
            Answer.Text(run, "note"));
    }
}
