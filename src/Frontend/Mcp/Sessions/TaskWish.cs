using System.Text.Json;
using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp.Sessions;

/// <summary><c>params.task</c>: the client wants the call to be a task (2025-11-25, Creating Tasks).</summary>
/// <param name="TtlMs">Milliseconds that it wants the task kept for; null: as the server likes.</param>
internal sealed record TaskWish(long? TtlMs)
{
    /// <summary>Null: it does not, or its revision has no tasks.</summary>
    public static TaskWish? Read(McpRequest request, JsonElement parameters)
    {
        if (request.Session is not { HasTasks: true } || ParamsDocument.OptionalObject(parameters, "task") is not { } task)
            return null;
        if (!task.TryGetProperty("ttl", out var ttl) || ttl.ValueKind == JsonValueKind.Null)
            return new TaskWish(TtlMs: null);
        return ttl.ValueKind == JsonValueKind.Number && ttl.TryGetDouble(out var ms) && ms is >= 0 and <= long.MaxValue / 2
            ? new TaskWish((long)ms)
            : throw new RefusedException(Refusal.InvalidParams, "params.task.ttl must be a number of milliseconds, 0 or more.");
    }
}
