using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Pack;

/// <summary>Short tools on an instance with a constructor, as existing tool classes are written.</summary>
[McpServerToolType]
public sealed class ShortTools(Greeter greeter)
{
    public enum Colour
    {
        Red,
        Green,
    }

    [McpServerTool(Name = "greet"), Description("Greets.")]
    public string Greet(string name, JobContext job) => $"{greeter.Greet(name)} ({job.Tenant}, job {job.JobId ?? "none"})";

    [McpServerTool(Name = "typed"), Description("Has a parameter of each kind.")]
    public static string Typed(int count, Colour colour, Point at, bool loud = false) => $"{count} {colour} {at.X} {loud}";

    [McpServerTool(Name = "routed"), Description("Has a parameter for a header.")]
    public static string Routed([McpHeader("Region")] string region, [McpHeader("Level")] int level = 0) => $"{region} {level}";

    [McpServerTool(Name = "notifies"), Description("Reports progress and logs.")]
    public static async Task<string> Notifies(McpServer server, IProgress<ProgressNotificationValue> progress)
    {
        progress.Report(new() { Progress = 1, Total = 2, Message = "half" });
        await LogAsync(server, LoggingLevel.Debug, "quiet");
        await LogAsync(server, LoggingLevel.Warning, "loud");
        return "notified";
    }

    [McpServerTool(Name = "announces"), Description("Says that the tools changed.")]
    public static async Task<string> Announces(McpServer server)
    {
        await server.SendNotificationAsync(NotificationMethods.ToolListChangedNotification);
        return "announced";
    }

    [McpServerTool(Name = "never_ends"), Description("Looks at no token.")]
    public static Task<string> NeverEnds() => new TaskCompletionSource<string>().Task;

    [McpServerTool(Name = "inline_defect"), Description("Fails as no tool should.")]
    public static string Defect() => throw new InvalidOperationException("Server=db;Password=hunter2");

    private static Task LogAsync(McpServer server, LoggingLevel level, string text) => server.SendNotificationAsync(
        NotificationMethods.LoggingMessageNotification,
        new LoggingMessageNotificationParams { Level = level, Data = System.Text.Json.JsonSerializer.SerializeToElement(text) });
}
