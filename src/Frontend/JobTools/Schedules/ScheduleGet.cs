using System.Text;
using System.Text.Json;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Schedules;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary><c>schedule_get</c>.</summary>
internal sealed class ScheduleGet(ScheduleTable schedules, RetryPolicy retries, ServerIdentity identity) : ScheduleTool(retries, identity)
{
    private const int DefaultRuns = 10;
    private const int MaxRuns = 100;
    private const int NextTimes = 5;

    public override string Name => JobToolNames.ScheduleGet;

    protected override string Title => "Look at a schedule";

    protected override string Description =>
        """
        Says what a schedule calls, when it is due the next few times, and what became of its last runs: the job of each with its status, or why
        there was none (skipped, missed, refused). Call it when the user asks how a recurring job has been doing; with a run's job_id call job_get or job_result.
        """;

    protected override string InputSchema =>
        $$$"""
        {"type":"object","properties":{"name":{"type":"string","description":"The schedule's name, as schedule_list has it."},"runs":{"type":"integer","minimum":1,"maximum":{{{MaxRuns}}},"description":"Past runs at most, the latest first; {{{DefaultRuns}}} if left out."}},"required":["name"],"additionalProperties":false}
        """;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("name", "runs");
        var limit = arguments.Int("runs", DefaultRuns, 1, MaxRuns);
        var schedule = await FindAsync(request, schedules, NameOf(arguments));
        var runs = await StoredAsync(request, () => schedules.RunsAsync(schedule, limit, request.Aborted));
        var clock = ScheduleClock.Of(schedule);
        DateTimeOffset[] next = schedule is { IsPaused: false, DueAt: { } due } ? [.. clock.From(due).Take(NextTimes)] : [];
        await AnswerAsync(request, new ToolText(Text(schedule, runs, next, clock), writer => Write(writer, schedule, runs, next)));
    }

    private static string Text(Schedule schedule, IReadOnlyList<ScheduleRun> runs, DateTimeOffset[] next, ScheduleClock clock)
    {
        var text = new StringBuilder(ScheduleReport.Line(schedule));
        if (next.Length > 1)
            text.Append(" Then: ").AppendJoin(", ", next.Skip(1).Select(time => ScheduleReport.Time(time, clock))).Append('.');
        text.Append(runs.Count == 0 ? "\nNothing has been due yet." : "\nThe last runs, the latest first:");
        foreach (var run in runs)
        {
            text.Append('\n').Append(ScheduleReport.Time(run.DueAt, clock)).Append(' ').Append(Word(run));
            if (run is { Count: > 1, LastDueAt: { } last })
                text.Append($" ({run.Count} times, the last at {ScheduleReport.Time(last, clock)})");
            if (run.JobId is { } job)
                text.Append(" job ").Append(job).Append(' ').Append(run.JobStatus is { } status ? JobReport.StatusOf(status) : "(its record is gone)");
            if (run.Note is { } note)
                text.Append(": ").Append(note);
        }
        return text.ToString();
    }

    private static void Write(Utf8JsonWriter writer, Schedule schedule, IReadOnlyList<ScheduleRun> runs, DateTimeOffset[] next)
    {
        writer.WriteStartObject();
        ScheduleReport.WriteMembers(writer, schedule);
        writer.WritePropertyName("arguments");
        using (var parameters = JsonDocument.Parse(schedule.Params))
            parameters.RootElement.GetProperty("arguments").WriteTo(writer);
        writer.WriteStartArray("next");
        foreach (var time in next)
            writer.WriteStringValue(time.UtcDateTime);
        writer.WriteEndArray();
        writer.WriteStartArray("runs");
        foreach (var run in runs)
            Write(writer, run);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ScheduleRun run)
    {
        writer.WriteStartObject();
        writer.WriteTime("due_at", run.DueAt);
        writer.WriteString("outcome", Word(run));
        if (run.LastDueAt is { } last)
            writer.WriteTime("last_due_at", last);
        if (run.Count > 1)
            writer.WriteNumber("count", run.Count);
        if (run.JobId is { } job)
            writer.WriteString("job_id", job);
        if (run.JobStatus is { } status)
            writer.WriteString("job_status", JobReport.StatusOf(status));
        if (run.Note is { } note)
            writer.WriteString("note", note);
        writer.WriteEndObject();
    }

    private static string Word(ScheduleRun run) => run.Outcome.ToString().ToLowerInvariant();
}
