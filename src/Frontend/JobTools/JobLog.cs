using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Retries;
using Actors.Storage.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_log</c>.</summary>
internal sealed class JobLog(JobHandles jobs, Journal journal, RetryPolicy retries, ServerIdentity identity) : JobTool(identity)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    public override string Name => JobToolNames.Log;

    protected override string Title => "Read a job's log";

    protected override string Description =>
        """
        Reads what a job has written down: its log lines, changes of state and progress, oldest first. Call it when a job
        failed, takes unexpectedly long, or the user wants details; to see whether it has ended, job_wait is better. With tail you get the
        last lines; with cursor of the answer before, only what came since.
        """;

    protected override string InputSchema =>
        $$$"""
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of the job."},"cursor":{"type":"string","description":"cursor of the answer before: only later lines."},"limit":{"type":"integer","minimum":1,"maximum":{{{MaxLimit}}},"description":"Lines at most; {{{DefaultLimit}}} if left out."},"tail":{"type":"boolean","description":"The last lines instead of the first."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id", "cursor", "limit", "tail");
        var id = arguments.JobId();
        var after = Cursor(arguments.Text("cursor"));
        var limit = arguments.Int("limit", DefaultLimit, 1, MaxLimit);
        if (!await jobs.FlushLogAsync(request.Caller, id, request.Aborted))
            throw JobToolMistakeException.NoSuchJob();
        var tail = arguments.Flag("tail");
        var lines = await retries.RunAsync(
            () => new ValueTask<IReadOnlyList<JournalLine>>(journal.ReadAsync(request.Caller, id, after, limit, tail, request.Aborted)), request.Aborted);
        var cursor = (lines.Count > 0 ? lines[^1].Seq : after).ToString(CultureInfo.InvariantCulture);
        await AnswerAsync(request, new ToolText(Text(lines, cursor), writer => Write(writer, lines, cursor)));
    }

    private static long Cursor(string? cursor)
    {
        if (cursor is null)
            return 0;
        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? seq
            : throw new JobToolMistakeException("The argument cursor is not valid: give cursor of the answer before, or leave it out.");
    }

    private static string Text(IReadOnlyList<JournalLine> lines, string cursor)
    {
        if (lines.Count == 0)
            return "Nothing new has been written down.";
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append(line.At.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)).Append(' ')
                .Append(line.Level ?? Kind(line.Kind)).Append(' ').Append(line.Text);
            // What a tool logged is in the data; its text is the logger's name.
            if (line is { Kind: JournalKind.Log, Data: { } message })
                text.Append(line.Text is null ? "" : ": ").Append(Message(message));
            text.Append('\n');
        }
        return text.Append($"For what comes next call job_log with {{\"cursor\":\"{cursor}\"}} and the job_id.").ToString();
    }

    private static string Message(byte[] data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.ToString();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<JournalLine> lines, string cursor)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("entries");
        foreach (var line in lines)
        {
            writer.WriteStartObject();
            writer.WriteTime("at", line.At);
            writer.WriteString("kind", Kind(line.Kind));
            if (line.Level is { } level)
                writer.WriteString("level", level);
            if (line.Text is { } text)
                writer.WriteString("text", text);
            if (line.Data is { } data)
            {
                writer.WritePropertyName("data");
                writer.WriteRawValue(data, skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("cursor", cursor);
        writer.WriteEndObject();
    }

    private static string Kind(JournalKind kind) => kind switch
    {
        JournalKind.State => "state",
        JournalKind.Log => "log",
        _ => "progress",
    };
}
