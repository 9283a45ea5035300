using System.ComponentModel;
using System.Text.Json;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Silo.Tests.Pack;

/// <summary>Long tools, each waiting at a gate of the test's choosing.</summary>
[McpServerToolType]
public static class JobTools
{
    [McpServerTool(Name = "noop"), Job, Description("Ends at once.")]
    public static string Noop() => "done";

    [McpServerTool(Name = "gated"), Job, Description("Waits at a gate.")]
    public static async Task<string> Gated(string gate, CancellationToken cancellationToken)
    {
        await Gates.PassAsync(gate, cancellationToken);
        return $"passed {gate}";
    }

    [McpServerTool(Name = "counting"), Job, Description("Counts to three, with a gate and a checkpoint at each number.")]
    public static async Task<string> Counting(
        string gate, JobContext job, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        var from = job.Checkpoint<Count>()?.Number ?? 0;
        for (var i = from + 1; i <= 3; i++)
        {
            progress.Report(new() { Progress = i, Total = 3, Message = $"at {i}" });
            await Gates.PassAsync($"{gate}/{job.Attempt}/{i}", cancellationToken);
            await job.SaveCheckpointAsync(new Count(i), cancellationToken);
        }

        return $"attempt {job.Attempt} counted on after {from}";
    }

    [McpServerTool(Name = "reports_first"), Job, Description("Reports progress in its first attempt only.")]
    public static async Task<string> ReportsFirst(
        string gate, JobContext job, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        if (job.Attempt == 1)
        {
            progress.Report(new() { Progress = 7, Total = 10 });
            await Gates.PassAsync($"{gate}/told", cancellationToken);
            await job.SaveCheckpointAsync(new Count(7), cancellationToken);
        }

        await Gates.PassAsync($"{gate}/{job.Attempt}", cancellationToken);
        return "done";
    }

    [McpServerTool(Name = "limited"), Job(MaxRunning = 2), Description("Runs twice at once, in the whole cluster.")]
    public static Task<string> Limited(string gate, CancellationToken cancellationToken) => Gated(gate, cancellationToken);

    [McpServerTool(Name = "limited_per_tenant"), Job(MaxRunningPerTenant = 1), Description("Runs once at once, for each tenant.")]
    public static Task<string> LimitedPerTenant(string gate, CancellationToken cancellationToken) => Gated(gate, cancellationToken);

    [McpServerTool(Name = "unrepeatable"), Job(AfterCrash = AfterCrash.Fail), Description("Must not run twice.")]
    public static Task<string> Unrepeatable(string gate, CancellationToken cancellationToken) => Gated(gate, cancellationToken);

    [McpServerTool(Name = "one_attempt"), Job(MaxAttempts = 1), Description("Has one attempt.")]
    public static Task<string> OneAttempt(string gate, CancellationToken cancellationToken) => Gated(gate, cancellationToken);

    [McpServerTool(Name = "poison"), Job(MaxAttempts = 3, FirstRetryDelayMs = 50), Description("Waits at a gate of each attempt.")]
    public static Task<string> Poison(string gate, JobContext job, CancellationToken cancellationToken) => Gated($"{gate}/{job.Attempt}", cancellationToken);

    [McpServerTool(Name = "hasty"), Job(TimeoutSeconds = 1), Description("Has a second.")]
    public static Task<string> Hasty(string gate, CancellationToken cancellationToken) => Gated(gate, cancellationToken);

    [McpServerTool(Name = "stubborn"), Job(CancelGraceSeconds = 0), Description("Does not look at its token.")]
    public static Task<string> Stubborn(string gate) => Gated(gate, CancellationToken.None);

    [McpServerTool(Name = "patient"), Job(CancelGraceSeconds = 3600), Description("Does not look at its token, and has time.")]
    public static Task<string> Patient(string gate) => Gated(gate, CancellationToken.None);

    [McpServerTool(Name = "tells_its_end"), Job, Description("Passes one more gate when its token is set.")]
    public static async Task<string> TellsItsEnd(string gate, JobContext job, CancellationToken cancellationToken)
    {
        try
        {
            return await Gated($"{gate}/{job.Attempt}", cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = Gates.PassAsync($"{gate}/{job.Attempt}/stopped", CancellationToken.None);
            throw;
        }
    }

    [McpServerTool(Name = "finishes_anyway"), Job, Description("Returns a result when it is cancelled.")]
    public static async Task<string> FinishesAnyway(string gate, CancellationToken cancellationToken)
    {
        try
        {
            return await Gated(gate, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return "finished anyway";
        }
    }

    [McpServerTool(Name = "tool_error"), Job, Description("Fails as tools do.")]
    public static string ToolError() => throw new McpException("the disk is full");

    [McpServerTool(Name = "defect"), Job, Description("Fails as no tool should.")]
    public static string Defect() => throw new InvalidOperationException("Server=db;Password=hunter2");

    [McpServerTool(Name = "protocol_error"), Job, Description("Ends with a protocol error.")]
    public static string ProtocolError() => throw new McpProtocolException("not today", (McpErrorCode)(-32050))
    {
        Data = { ["retryAfterMs"] = 5 },
    };

    [McpServerTool(Name = "sized"), Job, Description("Returns, or saves, as many bytes as it is told.")]
    public static async Task<string> Sized(JobContext job, int resultBytes, int checkpointBytes)
    {
        await job.SaveCheckpointAsync(new string('x', checkpointBytes));
        return new string('x', resultBytes);
    }

    [McpServerTool(Name = "talkative"), Job, Description("Reports as fast as it can.")]
    public static async Task<string> Talkative(
        int times, string gate, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        for (var i = 1; i <= times; i++)
        {
            progress.Report(new() { Progress = i, Total = times });
        }

        await Gates.PassAsync(gate, cancellationToken);
        return "talked";
    }

    [McpServerTool(Name = "logs"), Job, Description("Logs some lines.")]
    public static async Task<string> Logs(int lines, int bytes, McpServer server)
    {
        for (var i = 1; i <= lines; i++)
        {
            await server.SendNotificationAsync(
                NotificationMethods.LoggingMessageNotification,
                new LoggingMessageNotificationParams
                {
                    Level = LoggingLevel.Notice,
                    Logger = "pack",
                    Data = JsonSerializer.SerializeToElement(new string('x', bytes)),
                });
        }

        return "logged";
    }

    private sealed record Count(int Number);
}
