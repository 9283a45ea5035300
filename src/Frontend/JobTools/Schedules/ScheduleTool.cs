using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Schedules;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary>A tool for recurring jobs. No revision of the protocol has a method for them, so that clients with tasks are offered it too.</summary>
internal abstract class ScheduleTool(RetryPolicy retries, ServerIdentity identity) : JobTool(identity)
{
    protected const string NameSchema =
        """
        {"type":"object","properties":{"name":{"type":"string","description":"The schedule's name, as schedule_list has it."}},"required":["name"],"additionalProperties":false}
        """;

    public sealed override bool IsBesideTasks => true;

    /// <exception cref="JobToolMistakeException">The name is missing, or none.</exception>
    protected static string NameOf(JobToolArguments arguments) =>
        ScheduleName.Check(arguments.Text("name") ?? throw new JobToolMistakeException("The argument name is missing."));

    protected static JobToolMistakeException NoSuchSchedule(string name) =>
        new($"You have no schedule named '{name}'. Call schedule_list to see those you have.");

    protected async Task<Schedule> FindAsync(McpRequest request, ScheduleTable schedules, string name) =>
        await StoredAsync(request, () => schedules.FindAsync(request.Caller, name, request.Aborted)) ?? throw NoSuchSchedule(name);

    protected ValueTask<T> StoredAsync<T>(McpRequest request, Func<Task<T>> call) =>
        retries.RunAsync(() => new ValueTask<T>(call()), request.Aborted);
}
