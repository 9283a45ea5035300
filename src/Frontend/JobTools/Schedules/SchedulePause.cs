using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Schedules;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary><c>schedule_pause</c>.</summary>
internal sealed class SchedulePause(ScheduleTable schedules, RetryPolicy retries, ServerIdentity identity) : ScheduleTool(retries, identity)
{
    public override string Name => JobToolNames.SchedulePause;

    protected override string Title => "Pause a schedule";

    protected override string Description =>
        """
        Stops a schedule from starting anything until schedule_resume; a run that has started goes on (job_cancel stops that one). Call it when the user
        wants a recurring job to rest for a while.
        """;

    protected override string InputSchema => NameSchema;

    protected override bool IsReadOnly => false;

    protected override bool IsDestructive => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("name");
        var name = NameOf(arguments);
        if (!await StoredAsync(request, () => schedules.PauseAsync(request.Caller, name, request.Aborted)))
            throw NoSuchSchedule(name);
        await AnswerAsync(request, ScheduleReport.Of(await FindAsync(request, schedules, name), "Paused."));
    }
}
