using System.Security.Cryptography;
using System.Text.Json;
using Actors.Frontend.Catalogues;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Schedules;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary><c>schedule_create</c>.</summary>
internal sealed class ScheduleCreate(
    ScheduleTable schedules, CatalogueFeed catalogue, ArgumentCheck check, RetryPolicy retries, ServerIdentity identity, IOptions<ScheduleOptions> options)
    : ScheduleTool(retries, identity)
{
    private static readonly string[] Rules = ["one", "skip", "all"];

    private readonly int _maxArgumentsBytes = options.Value.MaxArgumentsBytes;

    public override string Name => JobToolNames.ScheduleCreate;

    protected override string Title => "Call a tool regularly";

    protected override string Description =>
        """
        Makes a schedule that calls one of this server's long-running tools again and again, for example every night, also while nobody is connected.
        Call it only when the user wants something to recur; for a single run call the tool itself. The answer says when it runs first: tell the
        user. Each run becomes a job of the user's, which job_list finds by the label schedule=NAME. A run that is due while the one before
        has not ended is skipped. To change a schedule, delete it and create it anew.
        """;

    protected override string InputSchema =>
        """
        {"type":"object","properties":{"name":{"type":"string","maxLength":64,"pattern":"^[A-Za-z0-9._-]+$","description":"What to call it, for example nightly-report."},"tool":{"type":"string","description":"The tool to call."},"arguments":{"type":"object","description":"The tool's arguments, the same at each run."},"cron":{"type":"string","maxLength":200,"description":"When: minute, hour, day of the month, month, day of the week (0 or SUN to 6), for example '30 9 * * MON-FRI' or '*/15 * * * *'; or @hourly, @daily, @weekly, @monthly, @yearly."},"time_zone":{"type":"string","description":"IANA name of the time zone that cron is meant in, for example Europe/Berlin; UTC if left out. Ask the user where it matters."},"catch_up":{"type":"string","enum":["one","skip","all"],"description":"What becomes of runs that were missed while the service was down: one run for all of them (if left out), none, or each of them, one after the other."}},"required":["name","tool","cron"],"additionalProperties":false}
        """;

    protected override bool IsReadOnly => false;

    protected override bool IsDestructive => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("name", "tool", "arguments", "cron", "time_zone", "catch_up");
        var wanted = await ReadAsync(request, arguments);
        var clock = ScheduleClock.Of(wanted);
        var made = await StoredAsync(request, () => schedules.CreateAsync(wanted, FirstDue, options.Value.MaxPerPrincipal, request.Aborted));
        if (made.Schedule is not { } schedule)
            throw new JobToolMistakeException(
                $"You have {made.Count} schedules, and may have {options.Value.MaxPerPrincipal} (Actors:Schedules:MaxPerPrincipal). Delete one with schedule_delete first.");
        // The same wish again is what a client sends whose first answer was lost.
        if (!made.IsNew && !schedule.DoesTheSameAs(wanted))
            throw new JobToolMistakeException(
                $"You have a schedule named '{schedule.Name}' that does something else. Choose another name, or delete that one with schedule_delete first.");
        await AnswerAsync(request, ScheduleReport.Of(schedule, made.IsNew ? "Created." : "It was there already, just so."));

        DateTimeOffset? FirstDue(DateTimeOffset now) =>
            clock.NextAfter(now) ?? throw new JobToolMistakeException($"The cron expression '{wanted.Cron}' names a time that never comes.");
    }

    private async ValueTask<Schedule> ReadAsync(McpRequest request, JobToolArguments arguments)
    {
        var name = NameOf(arguments);
        var tool = arguments.Text("tool") ?? throw new JobToolMistakeException("The argument tool is missing.");
        var cron = arguments.Text("cron") ?? throw new JobToolMistakeException("The argument cron is missing.");
        var rule = arguments.OneOf("catch_up", Rules) ?? Rules[0];
        return new Schedule
        {
            Id = Guid.CreateVersion7(),
            Owner = request.Caller,
            Name = name,
            Tool = tool,
            Params = await ParamsAsync(request, tool, arguments.Object("arguments")),
            Cron = cron.Trim(),
            TimeZone = arguments.Text("time_zone") ?? "UTC",
            CatchUp = (CatchUp)Array.IndexOf(Rules, rule),
            Seed = RandomNumberGenerator.GetBytes(Schedule.SeedBytes),
        };
    }

    private async ValueTask<byte[]> ParamsAsync(McpRequest request, string name, JsonElement? arguments)
    {
        var view = await catalogue.GetAsync(request.Aborted);
        if (!view.ToolsByName.TryGetValue(name, out var tool))
            throw new JobToolMistakeException($"There is no tool '{name}' to call regularly: name one that tools/list has, and none of this server's own job tools.");
        if (tool.Job is null)
            throw new JobToolMistakeException($"The tool '{name}' does not run as a job, so that it cannot be called regularly.");
        if (check.Find(tool, arguments) is { } mistake)
            throw new JobToolMistakeException(mistake);
        using var json = JsonBuffer.Rent();
        json.Writer.WriteStartObject();
        json.Writer.WriteString("name", name);
        json.Writer.WritePropertyName("arguments");
        if (arguments is { } given)
            given.WriteTo(json.Writer);
        else
            json.Writer.WriteRawValue("{}");
        json.Writer.WriteEndObject();
        return json.Written.Length <= _maxArgumentsBytes
            ? json.Written.ToArray()
            : throw new JobToolMistakeException($"The arguments are over the limit of {_maxArgumentsBytes} bytes (Actors:Schedules:MaxArgumentsBytes).");
    }
}
