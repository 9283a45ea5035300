using System.ComponentModel;
using ModelContextProtocol.Server;

namespace Actors.Bench.SdkEndpoint;

/// <summary>The tools of bench/Pack that this endpoint is measured with.</summary>
internal static class Tools
{
    [McpServerTool(Name = "echo")]
    [Description("Says it back")]
    public static string Echo(string text) => text;

    [McpServerTool(Name = "hold")]
    [Description("Runs until it is cancelled")]
    public static Task Hold(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
}
