using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Bench.Pack;

/// <summary>A job that says when it spoke, by the clock that all processes of the machine share.</summary>
[McpServerToolType]
internal static class TickTools
{
    [Job]
    [McpServerTool(Name = "tick")]
    [Description("Reports progress again and again until it is cancelled")]
    public static async Task Tick(int everyMs, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(everyMs));
        for (var number = 1; await timer.WaitForNextTickAsync(cancellationToken); number++)
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"t={Stopwatch.GetTimestamp()}.");
            progress.Report(new ProgressNotificationValue { Progress = number, Message = message });
        }
    }
}
