using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.Bench.Pack;

/// <summary>Jobs that cost nothing themselves.</summary>
[McpServerToolType]
internal static class BenchTools
{
    [Job]
    [McpServerTool(Name = "hold")]
    [Description("Runs until it is cancelled")]
    public static Task Hold(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

    [Job]
    [McpServerTool(Name = "no_op")]
    [Description("Ends at once")]
    public static string NoOp() => "done";
}
