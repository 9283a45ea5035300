using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.Bench.Pack;

/// <summary>Tools that cost nothing themselves.</summary>
[McpServerToolType]
internal static class BenchTools
{
    [McpServerTool(Name = "echo")]
    [Description("Says it back")]
    public static string Echo(string text) => text;

    [Job]
    [McpServerTool(Name = "hold")]
    [Description("Runs until it is cancelled")]
    public static Task Hold(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    [Job]
    [McpServerTool(Name = "no_op")]
    [Description("Ends at once")]
    public static string NoOp() => "done";
}
