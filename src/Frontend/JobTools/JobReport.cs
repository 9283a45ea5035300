using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary>Says where a job stands, for a model: short, and always with the next call to make.</summary>
internal static class JobReport
{
    /// <summary>What a call answers whose job outlived the sync window.</summary>
    /// <param name="job">The job.</param>
    /// <param name="isJoined">Whether it was there before the call.</param>
    public static ToolText HandOver(JobSnapshot job, bool isJoined)
    {
        var text = job.Status switch
        {
            JobStatus.Queued => $"{job.Tool} is job {job.Id}, which {Waits(job)}. {Waiting(job)} {NextCalls(job)}",
            JobStatus.Running => $"{job.Tool} takes longer and runs on as job {job.Id}{Progress(job)}. {NextCalls(job)}",
            _ => Text(job, previewChars: 0),
        };
        return new ToolText(
            isJoined ? $"The same call was made before: it has one job, and nothing was started twice. {text}" : text,
            writer => WriteStructure(writer, job, previewChars: 0, isJoined));
    }

    /// <param name="job">The job.</param>
    /// <param name="previewChars">Characters of the result to show; 0: none.</param>
    public static ToolText Of(JobSnapshot job, int previewChars) =>
        new(Text(job, previewChars), writer => WriteStructure(writer, job, previewChars));

    /// <summary>The same, with its attempts.</summary>
    public static ToolText WithAttempts(JobSnapshot job, int previewChars) =>
        new(Text(job, previewChars), writer => WriteStructure(writer, job, previewChars, withAttempts: true));

    private static string NextCalls(JobSnapshot job) =>
        "This is not an error and the call must not be repeated. "
        + $"Call job_wait with {Arguments(job)} to wait for it; when it has ended, job_result gives its result.";

    private static string Waits(JobSnapshot job) => job.Attempt > 0 ? "has begun and is in line again to go on" : "has not begun";

    private static string Waiting(JobSnapshot job) => job.StatusMessage ?? "It waits for its turn.";

    /// <summary>The protocol's words for a state, and ours where it has none.</summary>
    public static string StatusOf(JobStatus status) => status switch
    {
        JobStatus.Queued => "queued",
        JobStatus.Running => "running",
        JobStatus.InputRequired => "input_required",
        JobStatus.Completed => "completed",
        JobStatus.Failed => "failed",
        _ => "cancelled",
    };

    private static string Text(JobSnapshot job, int previewChars) => job.Status switch
    {
        JobStatus.Queued => $"Job {job.Id} ({job.Tool}) {Waits(job)}. {Waiting(job)} Call job_wait with {Arguments(job)} to wait for it.",
        JobStatus.Running => $"Job {job.Id} ({job.Tool}) is running{Progress(job)}. Call job_wait with {Arguments(job)} to wait for it.",
        JobStatus.InputRequired => Questions(job),
        JobStatus.Completed => $"Job {job.Id} ({job.Tool}) has completed.{Preview(job, previewChars)} Call job_result with {Arguments(job)} for its result.",
        JobStatus.Failed => $"Job {job.Id} ({job.Tool}) failed: {job.StatusMessage} job_retry with {Arguments(job)} tries it again, where that makes sense.",
        _ => $"Job {job.Id} ({job.Tool}) was cancelled.{(job.StatusMessage is { } message ? " " + message : "")}",
    };

    private static string Questions(JobSnapshot job)
    {
        var text = new StringBuilder($"Job {job.Id} ({job.Tool}) waits for an answer and does not go on without it.");
        foreach (var question in job.InputRequests)
            text.Append(" Question \"").Append(question.Key).Append("\": ").Append(QuestionText.Of(question));
        if (job.InputExpiresAt is { } until)
            text.Append(" It can be answered until ").Append(AnswerWords.Time(until)).Append('.');
        return text.Append(
            $" Ask the user where you do not know, then call job_respond with {{\"job_id\":\"{job.Id}\",\"key\":\"{job.InputRequests.FirstOrDefault()?.Key}\",")
            .Append("\"action\":\"accept\",\"content\":{...}} (or action decline).").ToString();
    }

    private static string Progress(JobSnapshot job) =>
        TaskJson.StatusMessageOf(job) is { } progress ? $" ({progress})" : "";

    private static string Arguments(JobSnapshot job) => $"{{\"job_id\":\"{job.Id}\"}}";

    private static string Preview(JobSnapshot job, int previewChars) =>
        previewChars > 0 && ResultPreview.Of(job.Result, previewChars) is { } preview ? $" It begins: {preview}" : "";

    private static void WriteStructure(Utf8JsonWriter writer, JobSnapshot job, int previewChars, bool isJoined = false, bool withAttempts = false)
    {
        writer.WriteStartObject();
        writer.WriteString("job_id", job.Id);
        writer.WriteString("tool", job.Tool);
        writer.WriteString("status", StatusOf(job.Status));
        if (isJoined)
            writer.WriteBoolean("joined", true);
        if (job.StatusMessage is { } message)
            writer.WriteString("status_message", message);
        QueuePlaceJson.Write(writer, job);
        WriteProgress(writer, job.Progress);
        writer.WriteTime("created_at", job.CreatedAt);
        writer.WriteTime("updated_at", job.UpdatedAt);
        writer.WriteNumber("attempt", job.Attempt);
        if (job.Options?.RetryOf is { } earlier)
            writer.WriteString("retry_of", earlier);
        if (withAttempts)
            AttemptList.Write(writer, job);
        if (job.Cancel != CancelState.None)
            writer.WriteString("cancel", CancelText.Word(job.Cancel));
        if (!job.InputRequests.IsEmpty)
            QuestionText.Write(writer, job.InputRequests);
        if (job.InputExpiresAt is { } until)
            writer.WriteTime("input_expires_at", until);
        AnsweredText.Write(writer, job.Answered);
        if (previewChars > 0 && ResultPreview.Of(job.Result, previewChars) is { } preview)
            writer.WriteString("result_preview", preview);
        if (job.Error is { } error)
            writer.WriteString("error", error.Message);
        if (NextTool(job) is { } next)
            writer.WriteString("next_tool", next);
        writer.WriteEndObject();
    }

    private static void WriteProgress(Utf8JsonWriter writer, JobProgress? progress)
    {
        if (progress is null)
            return;
        writer.WriteNumber("progress", progress.Progress);
        if (progress.Total is { } total)
            writer.WriteNumber("total", total);
    }

    private static string? NextTool(JobSnapshot job) => job.Status switch
    {
        JobStatus.Queued or JobStatus.Running => JobToolNames.Wait,
        JobStatus.InputRequired => JobToolNames.Respond,
        JobStatus.Completed => JobToolNames.Result,
        _ => null,
    };
}
