using Actors.Frontend.Mcp.Requests;
using Actors.Frontend.Mcp.Responses;
using Actors.Jobs;

namespace Actors.Frontend.Mcp.Tools;

/// <summary><c>notifications/progress</c> of a job.</summary>
internal static class ProgressMessage
{
    /// <param name="request">The request on whose stream it goes.</param>
    /// <param name="token">The progress token, JSON.</param>
    /// <param name="progress">More than was sent before: it must increase with each notification (Progress, Progress Flow).</param>
    /// <param name="relatedTask">The task that it is of, where a revision wants that said in it; null: not said.</param>
    public static async ValueTask SendAsync(McpRequest request, byte[] token, JobProgress progress, string? relatedTask = null)
    {
        using var json = JsonBuffer.Rent();
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WritePropertyName("progressToken");
        writer.WriteRawValue(token, skipInputValidation: true);
        writer.WriteNumber("progress", progress.Progress);
        if (progress.Total is { } total)
            writer.WriteNumber("total", total);
        if (progress.Message is { } message)
            writer.WriteString("message", message);
        if (relatedTask is not null)
            RelatedTask.WriteMeta(writer, relatedTask, default);
        writer.WriteEndObject();
        await Notification.SendAsync(request, "notifications/progress", json.Written.ToArray());
    }
}
