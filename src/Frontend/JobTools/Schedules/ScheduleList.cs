using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Schedules;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary><c>schedule_list</c>.</summary>
internal sealed class ScheduleList(ScheduleTable schedules, RetryPolicy retries, ServerIdentity identity, IOptions<ScheduleOptions> options)
    : ScheduleTool(retries, identity)
{
    public override string Name => JobToolNames.ScheduleList;

    protected override string Title => "List schedules";

    protected override string Description =>
        """
        Lists your own schedules: what each calls and when, when it is due next, and whether it is paused or failed the last time. Call it to find a
        schedule's name. For its past runs call schedule_get; for the jobs that ran, job_list.
        """;

    protected override string InputSchema => """{"type":"object","additionalProperties":false}""";

    protected override async ValueTask CallAsync(McpRequest request, JobToolArguments arguments)
    {
        arguments.AllowOnly();
        var all = await StoredAsync(request, () => schedules.ListAsync(request.Caller, options.Value.MaxPerPrincipal, request.Aborted));
        var text = all.Count == 0 ? "You have no schedules." : string.Join('\n', all.Select(ScheduleReport.Line));
        await AnswerAsync(request, new ToolText(text, writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("schedules");
            foreach (var schedule in all)
            {
                writer.WriteStartObject();
                ScheduleReport.WriteMembers(writer, schedule);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
    }
}
