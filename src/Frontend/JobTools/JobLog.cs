using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Storage.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_log</c>.</summary>
internal sealed class JobLog(JobLogPages pages, ServerIdentity identity) : JobTool(identity)
{
    public override string Name => JobToolNames.Log;

    protected override string Title => "Read a job's log";

    protected override string Description =>
        """
        Reads what a job has written down: its log lines, changes of state and progress, oldest first. Call it when a job
        failed, takes unexpectedly long, or the user wants details; to see whether it has ended, job_wait is better. With tail you get the
        last lines; with cursor of the answer before, only what came since; with level or search, only what matters.
        """;

    protected override string InputSchema =>
        $$$"""
        {"type":"object","properties":{"job_id":{"type":"string","description":"The id of the job."},"cursor":{"type":"string","description":"cursor of the answer before: only later lines."},"limit":{"type":"integer","minimum":1,"maximum":{{{JobLogPages.MaxLimit}}},"description":"Lines at most; {{{JobLogPages.DefaultLimit}}} if left out."},"tail":{"type":"boolean","description":"The last lines instead of the first."},"from":{"type":"string","description":"Lines of this time or later, such as 2026-07-28T09:30:00Z."},"to":{"type":"string","description":"Lines before this time."},"level":{"type":"string","enum":["debug","info","notice","warning","error","critical","alert","emergency"],"description":"Only log lines of this level or a more severe one."},"search":{"type":"string","maxLength":{{{JobLogPages.MaxSearchChars}}},"description":"Only lines with this text, upper and lower case alike."}},"required":["job_id"],"additionalProperties":false}
        """;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("job_id", "cursor", "limit", "tail", "from", "to", "level", "search");
        var id = arguments.JobId();
        var query = new JournalQuery
        {
            After = Cursor(arguments.Text("cursor")),
            Limit = arguments.Int("limit", JobLogPages.DefaultLimit, 1, JobLogPages.MaxLimit),
            Tail = arguments.Flag("tail"),
            From = arguments.Time("from"),
            Before = arguments.Time("to"),
            Levels = arguments.OneOf("level", LogLevels.All.AsSpan()) is { } level ? LogLevels.From(level) : [],
            Search = Search(arguments.Text("search")),
        };
        var page = await pages.ReadAsync(request.Caller, id, query, request.Aborted) ?? throw JobToolMistakeException.NoSuchJob();
        await AnswerAsync(request, new ToolText(Text(page), writer => JobLogJson.Write(writer, page)));
    }

    private static long Cursor(string? cursor)
    {
        if (cursor is null)
            return 0;
        return long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? seq
            : throw new JobToolMistakeException("The argument cursor is not valid: give cursor of the answer before, or leave it out.");
    }

    private static string? Search(string? text) => text?.Length > JobLogPages.MaxSearchChars
        ? throw new JobToolMistakeException($"The argument search may have {JobLogPages.MaxSearchChars} characters.")
        : text;

    private static string Text(JournalPage page)
    {
        if (page.Lines.Count == 0 && !page.HasMore)
            return "There is nothing of that in the log, or nothing new.";
        var text = new StringBuilder();
        foreach (var line in page.Lines)
        {
            text.Append(line.At.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)).Append(' ')
                .Append(line.Level ?? JobLogJson.Kind(line.Kind)).Append(' ').Append(line.Text);
            // What a tool logged is in the data; its text is the logger's name.
            if (line is { Kind: JournalKind.Log, Data: { } message })
                text.Append(line.Text is null ? "" : ": ").Append(Message(message));
            text.Append('\n');
        }
        return text.Append(CultureInfo.InvariantCulture, $"For {(page.HasMore ? "more" : "what comes next")} call job_log with {{\"cursor\":\"{page.Cursor}\"}} and the same other arguments.").ToString();
    }

    private static string Message(byte[] data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.ToString();
    }
}
