using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text.Json;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>Jobs that count how often they ran.</summary>
[McpServerToolType]
public static class CountedTools
{
    public const int WindowSeconds = 2;

    private static readonly ConcurrentDictionary<string, int> Counts = new();

    public static int RunsOf(string label) => Counts.GetValueOrDefault(label);

    [McpServerTool(Name = "counted"), Job(PollIntervalMs = 100, MaxAttempts = 3), Description("Says how often it ran under this label.")]
    public static string Run(string label, JsonElement? detail = null) => Count(label);

    [McpServerTool(Name = "counted_too"), Job(PollIntervalMs = 100), Description("The same.")]
    public static string RunToo(string label) => Count(label);

    [McpServerTool(Name = "counted_on_demand"), Job(Start = JobStart.OnDemand, PollIntervalMs = 100), Description("The same, once it has become a job.")]
    public static async Task<string> RunOnDemand(string label, JobContext job)
    {
        await job.StartJobAsync();
        return Count(label);
    }

    [McpServerTool(Name = "counted_for_long"), Job(PollIntervalMs = 100), Description("The same, and then waits to be cancelled.")]
    public static async Task<string> RunLong(string label, CancellationToken cancellationToken)
    {
        var text = Count(label);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return text;
    }

    [McpServerTool(Name = "counted_once"), Job(DeduplicateSeconds = 600, PollIntervalMs = 100), Description("The same; repeated calls are one job.")]
    public static string RunOnce(string label, JsonElement? detail = null) => Count(label);

    [McpServerTool(Name = "counted_a_while"), Job(DeduplicateSeconds = WindowSeconds, PollIntervalMs = 100), Description("The same, for a short while.")]
    public static string RunAWhile(string label) => Count(label);

    [McpServerTool(Name = "build_report"), Job(PollIntervalMs = 100), Description("The tool of docs/calls.md.")]
    public static string Report(string month) => $"Nothing happened in {month}.";

    private static string Count(string label) => $"Run {Counts.AddOrUpdate(label, 1, static (_, runs) => runs + 1)} of {label}.";
}
