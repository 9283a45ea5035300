using System.ComponentModel;
using Actors.Jobs;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Tools;

/// <summary>Long tools, one for each way a job can go.</summary>
[McpServerToolType]
public static class JobTools
{
    private const int PollIntervalMs = 100;

    [McpServerTool(Name = "test_reconnection"), Job(ReleaseConnectionAfterMs = 100, PollIntervalMs = PollIntervalMs)]
    [Description("Lets go of its caller's connection before its answer, which a client that comes back gets.")]
    public static async Task<string> Reconnection(TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(500), time, cancellationToken);
        return "Reconnection test completed.";
    }

    [McpServerTool(Name = "slow_compute"), Job(PollIntervalMs = PollIntervalMs), Description("Takes as long as it is told.")]
    public static async Task<string> SlowCompute(
        [Description("How long, in seconds.")] int seconds,
        McpServer server,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken,
        [Description("Named in the result.")] string? label = null)
    {
        using var logging = server.AsClientLoggerProvider();
        logging.CreateLogger("fixtures").Log(LogLevel.Information, default, seconds, null, static (s, _) => $"Computing for {s} s");
        for (var done = 0; done < seconds; done++)
        {
            progress.Report(new() { Progress = done, Total = seconds, Message = $"{done} of {seconds} s" });
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        return $"Computed {label ?? "the answer"}.";
    }

    [McpServerTool(Name = "failing_job"), Job(TaskSupport = TaskSupport.Required, PollIntervalMs = PollIntervalMs)]
    [Description("Fails after a moment, as a tool does: its result says isError.")]
    public static async Task<string> Fail(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        throw new McpException("This job fails on purpose.");
    }

    [McpServerTool(Name = "protocol_error_job"), Job(PollIntervalMs = PollIntervalMs)]
    [Description("Ends with a protocol error, and so without a result.")]
    public static async Task<string> ProtocolError(CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        throw new McpProtocolException("This job ends with a protocol error on purpose.", McpErrorCode.InternalError);
    }

    [McpServerTool(Name = "confirm_delete"), Job(PollIntervalMs = PollIntervalMs)]
    [Description("Asks before it would delete a file.")]
    public static async Task<string> ConfirmDelete(
        McpServer server, [Description("The file.")] string filename, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(Questions.Confirmation($"Delete {filename}?"), cancellationToken);
        return answer.IsAccepted ? $"Deleted {filename}." : $"Kept {filename}.";
    }

    [McpServerTool(Name = "drop_table", Destructive = true), Job(AfterCrash = AfterCrash.Fail, PollIntervalMs = PollIntervalMs)]
    [Description("Drops a table, once.")]
    public static string DropTable([Description("The table.")] string table) => $"Dropped {table}.";

    [McpServerTool(Name = "multi_input"), Job(PollIntervalMs = PollIntervalMs)]
    [Description("Asks two things at the same time.")]
    public static async Task<string> MultiInput(McpServer server, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            server.ElicitAsync(Questions.Name(), cancellationToken).AsTask(),
            server.ElicitAsync(Questions.Confirmation("Go on?"), cancellationToken).AsTask());
        return $"Answered: {answers[0].Action}, {answers[1].Action}.";
    }

    [McpServerTool(Name = "ask_twice"), Job(PollIntervalMs = PollIntervalMs)]
    [Description("Asks two things, one after the other.")]
    public static async Task<string> AskTwice(McpServer server, CancellationToken cancellationToken)
    {
        var name = await server.ElicitAsync(Questions.Name(), cancellationToken);
        var confirmed = await server.ElicitAsync(Questions.Confirmation("Go on?"), cancellationToken);
        return $"{name.Content?["name"].GetString()}: {confirmed.Action}.";
    }

    [McpServerTool(Name = "sampling_job"), Job(PollIntervalMs = PollIntervalMs)]
    [Description("Has the client's model answer, from within a job.")]
    public static async Task<string> SampleInJob(
        McpServer server, [Description("What to ask the model.")] string prompt, CancellationToken cancellationToken)
    {
        var answer = await server.SampleAsync(Questions.Sampling(prompt), cancellationToken);
        return $"The model said: {answer.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}";
    }

    [McpServerTool(Name = "test_tool_with_task"), Job(Start = JobStart.OnDemand, PollIntervalMs = PollIntervalMs)]
    [Description("Asks for a name in the call itself, then goes on as a job.")]
    public static async Task<string> AskThenStart(McpServer server, JobContext job, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(Questions.Name(), cancellationToken);
        if (!answer.IsAccepted)
            return "Nothing to do without a name.";
        await job.StartJobAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        return $"Hello, {answer.Content?["name"].GetString()}, from {(job.JobId is null ? "a call" : "a job")}!";
    }

    [McpServerTool(Name = "stubborn_job"), Job(CancelGraceSeconds = 1, PollIntervalMs = PollIntervalMs)]
    [Description("Pays no attention to being cancelled.")]
    public static async Task<string> Stubborn([Description("How long, in seconds.")] int seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return "Done all the same.";
    }
}
