using System.ComponentModel;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Tools;

/// <summary>Tools that say something before they answer.</summary>
[McpServerToolType]
public static class NotifyingTools
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [McpServerTool(Name = "test_tool_with_logging"), Description("Logs three lines through ILogger.")]
    public static async Task<string> Log(McpServer server, CancellationToken cancellationToken)
    {
        using var provider = server.AsClientLoggerProvider();
        var logger = provider.CreateLogger("fixtures");
        foreach (var line in (string[])["started", "working", "finished"])
        {
            logger.Log(LogLevel.Information, default, line, null, static (text, _) => text);
            await Task.Delay(Pause, cancellationToken);
        }

        return "Logged three lines.";
    }

    /// <summary>Sends the notification itself, so that it is the server that must hold it back.</summary>
    [McpServerTool(Name = "test_logging_tool"), Description("Tries to log, whether or not the client asked for it.")]
    public static async Task<string> TryToLog(McpServer server, CancellationToken cancellationToken)
    {
        await server.SendNotificationAsync(
            NotificationMethods.LoggingMessageNotification,
            new LoggingMessageNotificationParams
            {
                Level = LoggingLevel.Info, Logger = "fixtures", Data = JsonElement.Parse("\"tried\""),
            },
            cancellationToken: cancellationToken);
        return "Tried to log.";
    }

    [McpServerTool(Name = "test_tool_with_progress"), Description("Reports 0, 50 and 100 of 100.")]
    public static async Task<string> Progress(
        IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        foreach (var done in (int[])[0, 50, 100])
        {
            progress.Report(new() { Progress = done, Total = 100, Message = $"{done} of 100" });
            await Task.Delay(Pause, cancellationToken);
        }

        return "Reported progress.";
    }

    [McpServerTool(Name = "test_trigger_tool_change"), Description("Announces that the list of tools changed.")]
    public static Task<string> ToolsChanged(McpServer server, CancellationToken cancellationToken) =>
        AnnounceAsync(server, NotificationMethods.ToolListChangedNotification, cancellationToken);

    [McpServerTool(Name = "test_trigger_prompt_change"), Description("Announces that the list of prompts changed.")]
    public static Task<string> PromptsChanged(McpServer server, CancellationToken cancellationToken) =>
        AnnounceAsync(server, NotificationMethods.PromptListChangedNotification, cancellationToken);

    [McpServerTool(Name = "test_trigger_resource_update"), Description("Announces that a resource changed.")]
    public static async Task<string> ResourceChanged(
        McpServer server, [Description("The resource.")] string uri, CancellationToken cancellationToken)
    {
        await server.SendNotificationAsync(
            NotificationMethods.ResourceUpdatedNotification, new ResourceUpdatedNotificationParams { Uri = uri }, cancellationToken: cancellationToken);
        return $"Announced {uri}.";
    }

    private static async Task<string> AnnounceAsync(
        McpServer server, string method, CancellationToken cancellationToken)
    {
        await server.SendNotificationAsync(method, cancellationToken);
        return $"Sent {method}.";
    }
}
