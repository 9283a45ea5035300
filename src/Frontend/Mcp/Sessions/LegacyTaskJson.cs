using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary>Writes a job as a Task of revision 2025-11-25, member by member into an object that is open already.</summary>
internal static class LegacyTaskJson
{
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("createdAt");
    private static readonly JsonEncodedText LastUpdatedAt = JsonEncodedText.Encode("lastUpdatedAt");

    public static void Write(Utf8JsonWriter writer, JobSnapshot job)
    {
        var failure = job.Status == JobStatus.Completed ? ToolFailure.Read(job.Result) : null;
        Write(
            writer,
            job.Id,
            failure is null ? job.Status : JobStatus.Failed,
            failure ?? TaskJson.StatusMessageOf(job),
            job.CreatedAt,
            job.UpdatedAt,
            job.TtlMs);
        if (job.PollIntervalMs > 0)
            writer.WriteNumber("pollInterval", job.PollIntervalMs);
    }

    public static void Write(Utf8JsonWriter writer, JobSummary job) => Write(
        writer,
        job.Id,
        job.IsToolError ? JobStatus.Failed : job.Status,
        job.IsToolError ? ToolFailure.Unspecified : TaskJson.StatusMessageOf(job.Status, job.StatusMessage, job.Progress),
        job.CreatedAt,
        job.UpdatedAt,
        job.ExpiresAt is { } end ? (long)(end - job.CreatedAt).TotalMilliseconds : null);

    private static void Write(
        Utf8JsonWriter writer, string id, JobStatus status, string? message, DateTimeOffset createdAt, DateTimeOffset updatedAt, long? ttlMs)
    {
        writer.WriteString("taskId", id);
        writer.WriteString("status", TaskJson.StatusOf(status));
        if (message is not null)
            writer.WriteString("statusMessage", message);
        writer.WriteTime(CreatedAt, createdAt);
        writer.WriteTime(LastUpdatedAt, updatedAt);
        if (ttlMs is { } ttl)
            writer.WriteNumber("ttl", ttl);
        else
            writer.WriteNull("ttl");
    }
}
