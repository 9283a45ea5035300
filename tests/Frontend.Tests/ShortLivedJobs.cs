using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>Jobs whose records are kept for a moment, or as long as their end says.</summary>
[McpServerToolType]
public static class ShortLivedJobs
{
    public const int FailedTtlSeconds = 2;
    public const int CancelledTtlSeconds = 3;

    [McpServerTool(Name = "ends_as_told"), Job(FailedTtlSeconds = FailedTtlSeconds, CancelledTtlSeconds = CancelledTtlSeconds, PollIntervalMs = 100)]
    [Description("Completes, fails, or waits to be cancelled.")]
    public static async Task<string> End(string how, CancellationToken cancellationToken)
    {
        if (how == "fail")
            throw new McpProtocolException("Told to fail.", McpErrorCode.InternalError);
        if (how == "wait")
            await Task.Delay(Timeout.Infinite, cancellationToken);
        return "Done.";
    }

    [McpServerTool(Name = "soon_forgotten"), Job(TtlSeconds = 3, PollIntervalMs = 100), Description("Its record is kept for three seconds.")]
    public static string Forgotten() => "Done.";
}
