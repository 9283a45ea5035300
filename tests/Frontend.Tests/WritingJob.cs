using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text.Json;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>A job that writes into its log and goes on when it is told to.</summary>
[McpServerToolType]
public static class WritingJob
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Turns = new(StringComparer.Ordinal);

    /// <summary>Lets the job of this name write once more.</summary>
    public static void GoOn(string name) => Turns.GetOrAdd(name, _ => new SemaphoreSlim(0)).Release();

    [McpServerTool(Name = "write_log"), Job(PollIntervalMs = 100), Description("Logs a line each time it is told to, then one at each level, and ends.")]
    public static async Task<string> WriteAsync(string name, int turns, McpServer server, CancellationToken cancellationToken)
    {
        for (var turn = 1; turn <= turns; turn++)
        {
            await Turns.GetOrAdd(name, _ => new SemaphoreSlim(0)).WaitAsync(cancellationToken);
            await LogAsync(server, LoggingLevel.Info, $"Turn {turn}", cancellationToken);
        }

        foreach (var level in new[] { LoggingLevel.Debug, LoggingLevel.Warning, LoggingLevel.Error })
            await LogAsync(server, level, $"Déjà-vu at {level}", cancellationToken);
        return $"Wrote {turns} lines.";
    }

    [McpServerTool(Name = "write_much"), Job(PollIntervalMs = 100), Description("Reports progress many times, and logs a few lines between.")]
    public static async Task<string> WriteMuchAsync(
        int steps, McpServer server, IProgress<ProgressNotificationValue> progress, JobContext job, CancellationToken cancellationToken)
    {
        for (var step = 1; step <= steps; step++)
        {
            progress.Report(new() { Progress = step, Total = steps, Message = $"step {step}" });
            if (step % 10 == 0)
                await LogAsync(server, LoggingLevel.Info, $"line {step}", cancellationToken);
            // What is stored takes the progress along.
            await job.SaveCheckpointAsync(step, cancellationToken);
        }

        return "Wrote much.";
    }

    private static Task LogAsync(McpServer server, LoggingLevel level, string text, CancellationToken cancellationToken) => server.SendNotificationAsync(
        NotificationMethods.LoggingMessageNotification,
        new LoggingMessageNotificationParams { Level = level, Logger = "writer", Data = JsonSerializer.SerializeToElement(text) },
        cancellationToken: cancellationToken);
}
