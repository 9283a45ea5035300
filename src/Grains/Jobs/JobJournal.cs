using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Jobs;

/// <summary>What a job enters into its journal.</summary>
internal static class JobJournal
{
    public static JournalEntry State(JobKey job, JobRow row, DateTimeOffset at) => new()
    {
        Job = job,
        At = at,
        Kind = JournalKind.State,
        Text = row.StatusMessage is { } message ? $"{row.Status}: {message}" : row.Status.ToString(),
        Data = Json(new JsonObject
        {
            ["status"] = row.Status.ToString(),
            ["attempt"] = row.Attempt,
            ["cancel"] = row.Cancel.ToString(),
        }),
    };

    public static JournalEntry Answered(JobKey job, string question, AnswerOrigin origin) => new()
    {
        Job = job,
        At = origin.At,
        Kind = JournalKind.State,
        Text = $"The question \"{question}\" was answered {AnswerWords.Of(origin)}.",
        Data = Json(new JsonObject
        {
            ["answered"] = question,
            ["issuer"] = origin.Issuer,
            ["by"] = origin.Subject,
            ["client"] = origin.Client,
            ["through"] = AnswerWords.Of(origin.Through),
        }),
    };

    public static JournalEntry Parked(JobKey job, int attempt, DateTimeOffset at) => new()
    {
        Job = job,
        At = at,
        Kind = JournalKind.State,
        Text = "Parked until an answer comes: nothing of the job runs meanwhile.",
        Data = Json(new JsonObject { ["parked"] = attempt }),
    };

    public static JournalEntry Progress(JobKey job, JobProgress progress, DateTimeOffset at) => new()
    {
        Job = job,
        At = at,
        Kind = JournalKind.Progress,
        Text = progress.Message,
        Data = Json(new JsonObject { ["progress"] = Number(progress.Progress), ["total"] = Number(progress.Total) }),
    };

    public static JournalEntry Log(JobKey job, JobLogLine line, int maxBytes) => new()
    {
        Job = job,
        At = line.At,
        Kind = JournalKind.Log,
        Level = line.Level,
        Text = line.Logger,
        Data = line.Data.Length <= maxBytes
            ? line.Data
            : Encoding.UTF8.GetBytes($"\"A log line of {line.Data.Length} bytes was left out; the limit is {maxBytes}.\""),
    };

    // JSON has no infinities; a tool that reports one has said nothing.
    private static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static byte[] Json(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);
}
