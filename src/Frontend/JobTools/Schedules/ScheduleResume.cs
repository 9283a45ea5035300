using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Schedules;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary><c>schedule_resume</c>.</summary>
internal sealed class ScheduleResume(ScheduleTable schedules, RetryPolicy retries, ServerIdentity identity) : ScheduleTool(retries, identity)
{
    public override string Name => JobToolNames.ScheduleResume;

    protected override string Title => "Resume a schedule";

    protected override string Description =>
        """
        Lets a paused schedule go on with its next due time; those that passed meanwhile are not made up for.
        """;

    protected override string InputSchema => NameSchema;

    protected override bool IsReadOnly => false;

    protected override bool IsDestructive => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("name");
        var name = NameOf(arguments);
        var schedule = await FindAsync(request, schedules, name);
        var clock = ScheduleClock.Of(schedule);
        await StoredAsync(request, () => schedules.ResumeAsync(request.Caller, name, clock.NextAfter, request.Aborted));
        await AnswerAsync(request, ScheduleReport.Of(await FindAsync(request, schedules, name), schedule.IsPaused ? "Resumed." : "It was not paused."));
    }
}
