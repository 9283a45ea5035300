using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Tasks;

namespace Actors.Frontend.Mcp.Sessions.Tasks;

/// <summary>A method of revision 2025-11-25 about one task.</summary>
internal abstract class TaskMethod(JobHandles jobs) : LegacyMethod
{
    public sealed override string Since => Revisions.V20251125;

    public sealed override MirroredMember Mirrors => MirroredMember.TaskId;

    /// <exception cref="RefusedException">The caller has no such task (Protocol Errors: -32602).</exception>
    protected JobHandle Find(McpRequest request) => jobs.Find(request.Caller, request.Envelope.TaskId) ?? throw NotFound();

    protected static RefusedException NotFound() => new(Refusal.InvalidParams, TasksExtension.NotFound.Message);
}
