using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Requests;

namespace Actors.Frontend.Mcp.Tasks;

/// <summary>What every use of the tasks extension has in common: it is declared per request, and a handle opens one caller's jobs only.</summary>
internal static class TasksExtension
{
    /// <summary>One answer for an unknown task, an expired one and somebody else's.</summary>
    public static readonly WireError NotFound = new(
        WireError.InvalidParamsCode,
        "There is no task with this taskId for you: it is mistyped, expired, or belongs to somebody else.",
        null,
        200);

    private static readonly byte[] Required = "{\"requiredCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}"u8.ToArray();

    /// <exception cref="RefusedException">This request does not declare the extension, whatever earlier ones did.</exception>
    public static void Require(McpRequest request)
    {
        if (!request.Envelope.DeclaresTasks)
            throw Missing($"{request.Envelope.Method} needs the tasks extension");
    }

    public static RefusedException Missing(string what) => new(
        Refusal.MissingCapability,
        $"{what}: declare \"extensions\":{{\"{WireNames.TasksExtension}\":{{}}}} in params._meta[\"io.modelcontextprotocol/clientCapabilities\"] of this request.",
        Required);
}
