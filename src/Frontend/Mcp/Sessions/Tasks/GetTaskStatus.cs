using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;

namespace Actors.Frontend.Mcp.Sessions.Tasks;

/// <summary><c>tasks/get</c> of revision 2025-11-25: the state alone, without the result.</summary>
internal sealed class GetTaskStatus(JobHandles jobs) : TaskMethod(jobs)
{
    public override string Name => "tasks/get";

    public override async ValueTask HandleAsync(McpRequest request) =>
        await TaskAnswer.SendAsync(request, await Find(request).GetAsync(request.Aborted) ?? throw NotFound());
}
