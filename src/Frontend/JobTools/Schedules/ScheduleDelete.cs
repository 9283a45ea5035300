using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Schedules;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary><c>schedule_delete</c>.</summary>
internal sealed class ScheduleDelete(ScheduleTable schedules, RetryPolicy retries, ServerIdentity identity) : ScheduleTool(retries, identity)
{
    public override string Name => JobToolNames.ScheduleDelete;

    protected override string Title => "Delete a schedule";

    protected override string Description =>
        """
        Ends a schedule for good; its past runs are forgotten, their jobs stay and a run that has started goes on. Call it only when the user no longer
        wants the recurring job: schedule_pause can be taken back.
        """;

    protected override string InputSchema => NameSchema;

    protected override bool IsReadOnly => false;

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly("name");
        var name = NameOf(arguments);
        if (!await StoredAsync(request, () => schedules.DeleteAsync(request.Caller, name, request.Aborted)))
            throw NoSuchSchedule(name);
        await AnswerAsync(request, new ToolText($"The schedule '{name}' is deleted; nothing of it starts any more."));
    }
}
