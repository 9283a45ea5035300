using System.ComponentModel;
using System.Diagnostics;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.Bench.Pack;

/// <summary>Jobs that say to a socket what happens to them, and when.</summary>
[McpServerToolType]
internal static class MarkedTools
{
    [Job]
    [McpServerTool(Name = "begin_marked")]
    [Description("Says that it begins, and ends at once")]
    public static string Begin(string marks, JobContext job)
    {
        var now = Stopwatch.GetTimestamp();
        MarkSender.Send(marks, "began", job, now);
        return "done";
    }

    [Job]
    [McpServerTool(Name = "rest_marked")]
    [Description("Keeps its slot for a while, and costs nothing else")]
    public static async Task<string> Rest(string marks, int ms, CancellationToken cancellationToken)
    {
        await Task.Delay(ms, cancellationToken);
        return marks.Length > 0 ? "rested" : "rested unseen";
    }

    [Job(MaxAttempts = 1000)]
    [McpServerTool(Name = "hold_marked")]
    [Description("Says that it begins, runs until it is stopped, and says that it is")]
    public static async Task Hold(string marks, JobContext job, CancellationToken cancellationToken)
    {
        var now = Stopwatch.GetTimestamp();
        MarkSender.Send(marks, "began", job, now);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() =>
        {
            var then = Stopwatch.GetTimestamp();
            MarkSender.Send(marks, "stopped", job, then);
            stopped.SetCanceled(cancellationToken);
        });
        await stopped.Task;
    }
}
