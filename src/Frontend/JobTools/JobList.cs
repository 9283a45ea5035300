using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Retries;
using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Frontend.JobTools;

/// <summary><c>job_list</c>.</summary>
internal sealed class JobList(JobQueries queries, RetryPolicy retries, ServerIdentity identity) : JobTool(identity)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    private static readonly string[] States = [.. Enum.GetValues<JobStatus>().Select(JobReport.StatusOf)];

    public override string Name => JobToolNames.List;

    protected override string Title => "List jobs";

    protected override string Description =>
        """
        Lists your own jobs, newest first, one line each. Call it to find the id of a job that was started earlier, also in another
        conversation, or to see what is still running. Narrow it by tool, state, label or time; with next_cursor get the next page.
        """;

    protected override string InputSchema =>
        $$$"""
        {"type":"object","properties":{"tool":{"type":"string","description":"Only jobs of this tool."},"state":{"type":"string","enum":["{{{string.Join("\",\"", States)}}}"],"description":"Only jobs in this state."},"label":{"type":"string","description":"Only jobs with this label: its name, or name=value."},"since":{"type":"string","description":"Only jobs created at this time or later, for example 2026-07-28T09:30:00Z."},"before":{"type":"string","description":"Only jobs created before this time."},"limit":{"type":"integer","minimum":1,"maximum":{{{MaxLimit}}},"description":"Jobs of one page; {{{DefaultLimit}}} if left out."},"cursor":{"type":"string","description":"next_cursor of the page before."}},"additionalProperties":false}
        """;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("tool", "state", "label", "since", "before", "limit", "cursor");
        var state = arguments.OneOf("state", States);
        var filter = new JobFilter
        {
            Tool = arguments.Text("tool"),
            Status = state is null ? null : (JobStatus)Array.IndexOf(States, state),
            Label = LabelOf(arguments.Text("label")),
            CreatedFrom = arguments.Time("since"),
            CreatedBefore = arguments.Time("before"),
        };
        var page = await FindAsync(request, filter, arguments);
        await AnswerAsync(request, new ToolText(Text(page), writer => Write(writer, page)));
    }

    private static JobLabel? LabelOf(string? text)
    {
        if (text is null)
            return null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new JobLabel(text, null) : new JobLabel(text[..equals], text[(equals + 1)..]);
    }

    private async Task<JobPage> FindAsync(McpRequest request, JobFilter filter, JobToolArguments arguments)
    {
        var limit = arguments.Int("limit", DefaultLimit, 1, MaxLimit);
        try
        {
            var cursor = arguments.Text("cursor");
            return await retries.RunAsync(
                () => new ValueTask<JobPage>(queries.ListAsync(request.Caller, filter, cursor, limit, request.Aborted)), request.Aborted);
        }
        catch (InvalidCursorException)
        {
            throw new JobToolMistakeException("The argument cursor is not valid: give next_cursor of the page before, or leave it out to start anew.");
        }
    }

    private static string Text(JobPage page)
    {
        if (page.Jobs.Count == 0 && page.NextCursor is null)
            return "No jobs match.";
        var text = new StringBuilder();
        foreach (var job in page.Jobs)
        {
            text.Append(job.Id).Append(' ').Append(job.Tool).Append(' ').Append(JobReport.StatusOf(job.Status));
            if (TaskJson.StatusMessageOf(job.Status, job.StatusMessage, job.Progress) is { } message)
                text.Append(" (").Append(message).Append(')');
            text.Append(" created ").Append(job.CreatedAt.UtcDateTime.ToString("u")).Append('\n');
        }
        text.Append(page switch
        {
            { NextCursor: null } => "These are all. Call job_get with a job_id to see more of one.",
            { IsPart: true } => $"{(page.Jobs.Count == 0 ? "No jobs match so far" : "These are all so far")}, and older ones have not been looked at: {GoOn(page.NextCursor)}",
            _ => $"There are more: {GoOn(page.NextCursor)}",
        });
        return text.ToString();

        static string GoOn(string cursor) => $"call job_list with the same filters and {{\"cursor\":\"{cursor}\"}}.";
    }

    private static void Write(Utf8JsonWriter writer, JobPage page)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("jobs");
        foreach (var job in page.Jobs)
        {
            writer.WriteStartObject();
            writer.WriteString("job_id", job.Id);
            writer.WriteString("tool", job.Tool);
            writer.WriteString("status", JobReport.StatusOf(job.Status));
            if (job.StatusMessage is { } message)
                writer.WriteString("status_message", message);
            writer.WriteTime("created_at", job.CreatedAt);
            writer.WriteTime("updated_at", job.UpdatedAt);
            if (job.StartAt is { } start && start > job.CreatedAt)
                writer.WriteTime("start_at", start);
            if (job.Labels is { } labels)
            {
                writer.WritePropertyName("labels");
                writer.WriteRawValue(labels, skipInputValidation: true);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (page.NextCursor is { } cursor)
            writer.WriteString("next_cursor", cursor);
        writer.WriteEndObject();
    }
}
