using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

[McpServerToolType]
public static class StrictTools
{
    [McpServerTool(Name = "counts_strictly"), Job(PollIntervalMs = 100), Description("A job with a typed argument.")]
    public static string Count(int steps) => $"{steps} steps.";
}
