using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary>Writes a job as the tasks extension's Task, member by member into an object that is open already.</summary>
internal static class TaskJson
{
    private static readonly JsonEncodedText TaskId = JsonEncodedText.Encode("taskId");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText StatusMessage = JsonEncodedText.Encode("statusMessage");
    private static readonly JsonEncodedText CreatedAt = JsonEncodedText.Encode("createdAt");
    private static readonly JsonEncodedText LastUpdatedAt = JsonEncodedText.Encode("lastUpdatedAt");
    private static readonly JsonEncodedText PollIntervalMs = JsonEncodedText.Encode("pollIntervalMs");
    private static readonly JsonEncodedText Working = JsonEncodedText.Encode("working");
    private static readonly JsonEncodedText Completed = JsonEncodedText.Encode("completed");
    private static readonly JsonEncodedText Failed = JsonEncodedText.Encode("failed");
    private static readonly JsonEncodedText Cancelled = JsonEncodedText.Encode("cancelled");

    /// <summary>The members of a Task: what CreateTaskResult holds.</summary>
    public static void Write(Utf8JsonWriter writer, JobSnapshot job)
    {
        writer.WriteString(TaskId, job.Id);
        writer.WriteString(Status, StatusOf(job.Status));
        if (StatusMessageOf(job) is { } message)
            writer.WriteString(StatusMessage, message);
        writer.WriteTime(CreatedAt, job.CreatedAt);
        writer.WriteTime(LastUpdatedAt, job.UpdatedAt);
        if (job.TtlMs is { } ttl)
            writer.WriteNumber(WireNames.TtlMs, ttl);
        else
            writer.WriteNull(WireNames.TtlMs);
        if (job.PollIntervalMs > 0)
            writer.WriteNumber(PollIntervalMs, job.PollIntervalMs);
    }

    /// <summary>The members of a DetailedTask: what tasks/get and notifications/tasks hold.</summary>
    public static void WriteDetailed(Utf8JsonWriter writer, JobSnapshot job)
    {
        Write(writer, job);
        switch (job.Status)
        {
            case JobStatus.InputRequired:
                WriteInputRequests(writer, job.InputRequests);
                break;
            case JobStatus.Completed:
                writer.WritePropertyName(WireNames.Result);
                RawResult.Write(writer, job.Result, identity: null);
                break;
            case JobStatus.Failed:
                WriteError(writer, job.Error);
                break;
        }
    }

    /// <summary>The member <c>inputRequests</c>, in a task and in an InputRequiredResult alike.</summary>
    public static void WriteInputRequests(Utf8JsonWriter writer, ImmutableArray<InputRequest> requests)
    {
        writer.WriteStartObject(WireNames.InputRequests);
        foreach (var request in requests)
        {
            writer.WriteStartObject(request.Key);
            writer.WriteString(WireNames.Method, request.Method);
            if (request.Params is not null)
            {
                writer.WritePropertyName(WireNames.Params);
                writer.WriteRawValue(request.Params, skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    /// <summary>One sentence on where a job stands: while it runs, how far it is; otherwise what its status message says.</summary>
    public static string? StatusMessageOf(JobStatus status, string? message, JobProgress? progress) =>
        status is JobStatus.Running && progress is not null ? Describe(progress) : message;

    /// <summary>The same of a job at hand.</summary>
    public static string? StatusMessageOf(JobSnapshot job) => StatusMessageOf(job.Status, job.StatusMessage, job.Progress);

    private static string Describe(JobProgress progress)
    {
        var done = progress.Progress.ToString("0.##", CultureInfo.InvariantCulture);
        var amount = progress.Total is { } total ? $"{done} of {total.ToString("0.##", CultureInfo.InvariantCulture)}" : done;
        return progress.Message is { Length: > 0 } message ? $"{amount}: {message}" : amount;
    }

    public static JsonEncodedText StatusOf(JobStatus status) => status switch
    {
        JobStatus.Queued or JobStatus.Running => Working,
        JobStatus.InputRequired => WireNames.InputRequired,
        JobStatus.Completed => Completed,
        JobStatus.Failed => Failed,
        JobStatus.Cancelled => Cancelled,
        _ => throw new InvalidOperationException($"The protocol has no word for {status}."),
    };

    private static void WriteError(Utf8JsonWriter writer, JobError? error)
    {
        writer.WriteStartObject(WireNames.Error);
        writer.WriteNumber(WireNames.Code, error?.Code ?? Errors.WireError.InternalCode);
        writer.WriteString(WireNames.Message, error?.Message ?? "The job failed.");
        if (error?.Data is { } data)
        {
            writer.WritePropertyName(WireNames.Data);
            writer.WriteRawValue(data, skipInputValidation: true);
        }
        writer.WriteEndObject();
    }
}
