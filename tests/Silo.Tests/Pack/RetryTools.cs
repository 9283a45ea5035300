using System.ComponentModel;
using System.Text.Json.Nodes;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Pack;

/// <summary>Long tools that fail, and may be tried again.</summary>
[McpServerToolType]
public static class RetryTools
{
    [McpServerTool(Name = "flaky"), Description("Fails in its first attempts, in one of several ways.")]
    [Job(MaxAttempts = 4, RetryOn = [typeof(IOException), typeof(McpProtocolException)], FirstRetryDelayMs = 1)]
    public static CallToolResult Flaky(int failures, string how, JobContext job, int retryAfterMs = 0)
    {
        if (job.Attempt > failures)
        {
            return Text($"attempt {job.Attempt} of {how}");
        }

        return how switch
        {
            "io" => throw new FileNotFoundException("/secret/path"),
            "protocol" => throw new McpProtocolException("busy", (McpErrorCode)(-32050)),
            "transient" => throw new TransientException("the printer is busy") { RetryAfter = TimeSpan.FromMilliseconds(retryAfterMs) },
            "result" => new CallToolResult
            {
                IsError = true,
                Content = [new TextContentBlock { Text = "the queue is full" }],
                Meta = new JsonObject { ["actors/retryable"] = true },
            },
            "own" => new CallToolResult { IsError = true, Content = [new TextContentBlock { Text = "no such file" }] },
            _ => throw new InvalidOperationException("a defect"),
        };
    }

    [McpServerTool(Name = "waits_to_retry"), Job(FirstRetryDelayMs = 3_600_000, MaxRetryDelayMs = 3_600_000, MaxAttempts = 5)]
    [Description("Fails, and is tried again an hour later.")]
    public static string WaitsToRetry() => throw new TransientException("the printer is busy.");

    [McpServerTool(Name = "overruns"), Job(TimeoutSeconds = 1, RetryTimeouts = true, FirstRetryDelayMs = 1)]
    [Description("Does not look at its token in its first attempt.")]
    public static async Task<string> Overruns(string gate, JobContext job)
    {
        if (job.Attempt == 1)
        {
            await Gates.PassAsync($"{gate}/first");
            try
            {
                await job.SaveCheckpointAsync("late");
            }
            catch (OperationCanceledException)
            {
                _ = Gates.PassAsync($"{gate}/refused");
            }
        }

        return $"attempt {job.Attempt} found {job.Checkpoint<string>() ?? "nothing"}";
    }

    [McpServerTool(Name = "falls_silent"), Job(HeartbeatSeconds = 1, RetryTimeouts = true, AfterCrash = AfterCrash.Retry, FirstRetryDelayMs = 1)]
    [Description("Saves a checkpoint and says nothing more in its first attempt.")]
    public static async Task<string> FallsSilent(JobContext job, CancellationToken cancellationToken)
    {
        if (job.Attempt == 1)
        {
            await job.SaveCheckpointAsync("half", cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return $"attempt {job.Attempt} found {job.Checkpoint<string>() ?? "nothing"}";
    }

    [McpServerTool(Name = "falls_silent_once"), Job(HeartbeatSeconds = 1, RetryTimeouts = true, AfterCrash = AfterCrash.Fail)]
    [Description("Says nothing, and must not happen twice.")]
    public static async Task<string> FallsSilentOnce(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "never";
    }

    [McpServerTool(Name = "keeps_talking"), Job(HeartbeatSeconds = 2)]
    [Description("Works for longer than its heartbeat, and says so in between.")]
    public static async Task<string> KeepsTalking(IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        for (var i = 1; i <= 6; i++)
        {
            await Task.Delay(500, cancellationToken);
            progress.Report(new() { Progress = i });
        }

        return "talked on";
    }

    [McpServerTool(Name = "out_of_time"), Job(TotalTimeoutSeconds = 2, FirstRetryDelayMs = 600, RetryBackoff = 1, MaxAttempts = 1000)]
    [Description("Never succeeds.")]
    public static string OutOfTime() => throw new TransientException("not yet");

    [McpServerTool(Name = "long_winded"), Job(TotalTimeoutSeconds = 1), Description("Runs on.")]
    public static Task<string> LongWinded(string gate, CancellationToken cancellationToken) => JobTools.Gated(gate, cancellationToken);

    [McpServerTool(Name = "starts_over"), Job(AfterCrash = AfterCrash.Retry), Description("Counts from the start after a crash.")]
    public static async Task<string> StartsOver(string gate, JobContext job, CancellationToken cancellationToken)
    {
        var found = job.Checkpoint<string>() ?? "nothing";
        await job.SaveCheckpointAsync("half", cancellationToken);
        await Gates.PassAsync($"{gate}/{job.Attempt}", cancellationToken);
        return $"attempt {job.Attempt} found {found}";
    }

    private static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    [McpServerTool(Name = "runs_out_in_line"), Job(TotalTimeoutSeconds = 3600), Description("Fails at a gate, and asks to be tried again at once.")]
    public static async Task<string> RunsOutInLine(string gate, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        throw new TransientException("the printer is busy") { RetryAfter = TimeSpan.Zero };
    }
}
