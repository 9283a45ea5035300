using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Frontend.Retries;
using Actors.Storage.Jobs;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Sessions.Tasks;

/// <summary><c>tasks/list</c>: the caller's own, newest first, page by page.</summary>
internal sealed class ListTasks(JobQueries queries, RetryPolicy retries, IOptions<FrontendLimits> limits) : LegacyMethod
{
    public override string Name => "tasks/list";

    public override string Since => Revisions.V20251125;

    public override async ValueTask HandleAsync(McpRequest request)
    {
        using var parameters = ParamsDocument.Open(request);
        var page = await FindAsync(request, ParamsDocument.OptionalString(parameters.RootElement, "cursor"));
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        ResultResponse.BeginMessage(writer, request.Id);
        writer.WriteStartObject();
        writer.WriteStartArray("tasks");
        foreach (var job in page.Jobs)
        {
            writer.WriteStartObject();
            LegacyTaskJson.Write(writer, job);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        if (page.NextCursor is { } cursor)
            writer.WriteString("nextCursor", cursor);
        writer.WriteEndObject();
        writer.WriteEndObject();
        await request.AnswerAsync(json);
    }

    private async ValueTask<JobPage> FindAsync(McpRequest request, string? cursor)
    {
        try
        {
            return await retries.RunAsync(
                () => new ValueTask<JobPage>(queries.ListAsync(request.Caller, JobFilter.All, cursor, limits.Value.PageSize, request.Aborted)),
                request.Aborted);
        }
        catch (InvalidCursorException)
        {
            throw new RefusedException(Refusal.InvalidParams, "params.cursor is not valid: take nextCursor of the page before, or start without one.");
        }
    }
}
