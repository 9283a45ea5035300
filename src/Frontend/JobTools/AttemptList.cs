using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>A job's attempts, oldest first: when and where each ran, and how it ended.</summary>
internal static class AttemptList
{
    /// <summary>Of many, the latest are shown.</summary>
    private const int MaxShown = 10;

    public static void Write(Utf8JsonWriter writer, JobSnapshot job)
    {
        if (job.Attempt == 0)
            return;
        writer.WriteStartArray("attempts");
        foreach (var attempt in job.Attempts.TakeLast(MaxShown))
            Write(writer, attempt.Number, attempt.Silo, attempt.StartedAt, attempt.EndedAt, WordOf(attempt.Outcome), attempt.Error);
        if (job.Attempts.IsEmpty || job.Attempts[^1].Number < job.Attempt)
        {
            var isOver = job.IsTerminal || job.Status is JobStatus.Queued;
            Write(
                writer, job.Attempt, job.Silo, job.AttemptStartedAt, isOver ? job.UpdatedAt : null,
                job.IsTerminal ? JobReport.StatusOf(job.Status) : isOver ? WordOf(AttemptOutcome.Crashed) : "running", job.Error?.Message);
        }
        writer.WriteEndArray();
    }

    private static void Write(
        Utf8JsonWriter writer, int number, string? silo, DateTimeOffset? startedAt, DateTimeOffset? endedAt, string outcome, string? error)
    {
        writer.WriteStartObject();
        writer.WriteNumber("number", number);
        if (silo is not null)
            writer.WriteString("silo", silo);
        if (startedAt is { } start)
            writer.WriteTime("started_at", start);
        if (endedAt is { } end)
            writer.WriteTime("ended_at", end);
        writer.WriteString("outcome", outcome);
        if (error is not null)
            writer.WriteString("error", error);
        writer.WriteEndObject();
    }

    private static string WordOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Failed => "failed",
        AttemptOutcome.TimedOut => "timed_out",
        AttemptOutcome.HeartbeatMissed => "heartbeat_missed",
        AttemptOutcome.Crashed => "crashed",
        AttemptOutcome.HandedOver => "handed_over",
        _ => "parked",
    };
}
