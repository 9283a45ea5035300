using System.ComponentModel;
using System.Text.Json.Nodes;
using Actors.Jobs;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Frontend.Tests;

/// <summary>Jobs whose attempts end before their work does, whose steps are wrong, or whose questions nobody answers.</summary>
[McpServerToolType]
public static class AttemptTools
{
    [McpServerTool(Name = "fails_at_first"), Job(MaxAttempts = 3, RetryOn = [typeof(IOException)], FirstRetryDelayMs = 1, PollIntervalMs = 100)]
    [Description("Fails in its first attempt, in one of several ways.")]
    public static CallToolResult FailAtFirst(string how, JobContext job) => job.Attempt > 1 ? Text($"Attempt {job.Attempt}.") : how switch
    {
        "exception" => throw new FileNotFoundException("secret"),
        "transient" => throw new TransientException("The printer is busy."),
        "marked" => Failure("The queue is full.", new JsonObject { ["actors/retryable"] = true }),
        "result" => Failure("No such file.", null),
        _ => throw new InvalidOperationException("secret"),
    };

    [McpServerTool(Name = "falls_silent"), Job(MaxAttempts = 2, HeartbeatSeconds = 1, RetryTimeouts = true, FirstRetryDelayMs = 1, PollIntervalMs = 100)]
    [Description("Gives no sign of life in its first attempt.")]
    public static Task<string> FallSilent(JobContext job, CancellationToken cancellationToken) => HangAtFirst(job, cancellationToken);

    [McpServerTool(Name = "overruns"), Job(MaxAttempts = 2, TimeoutSeconds = 1, RetryTimeouts = true, FirstRetryDelayMs = 1, PollIntervalMs = 100)]
    [Description("Takes too long in its first attempt.")]
    public static Task<string> Overrun(JobContext job, CancellationToken cancellationToken) => HangAtFirst(job, cancellationToken);

    [McpServerTool(Name = "runs_out_of_time"), Job(TotalTimeoutSeconds = 1, RetryTimeouts = true, PollIntervalMs = 100)]
    [Description("Takes longer than all its attempts may.")]
    public static Task<string> RunOutOfTime(JobContext job, CancellationToken cancellationToken) => HangAtFirst(job, cancellationToken);

    [McpServerTool(Name = "misuses_steps"), Job(MaxAttempts = 3, FirstRetryDelayMs = 1, PollIntervalMs = 100), Description("Makes a step that cannot be, in one of several ways.")]
    public static async Task<string> MisuseSteps(string how, JobContext job)
    {
        switch (how)
        {
            case "twice":
                await job.StepAsync("charge", _ => Task.FromResult(1));
                await job.StepAsync("charge", _ => Task.FromResult(2));
                break;
            case "unnamed":
                await job.StepAsync("a b", _ => Task.FromResult(1));
                break;
            case "large":
                await job.StepAsync("large", _ => Task.FromResult(new string('x', 1024 * 1024)));
                break;
            case "changed" when job.Attempt == 1:
                await job.StepAsync("charge", _ => Task.FromResult(1));
                throw new TransientException("Deployed anew.");
            default:
                await job.StepAsync("charge", _ => Task.FromResult("one"));
                break;
        }

        return "Nobody minded.";
    }

    [McpServerTool(Name = "asks_or_fails"), Job(InputTimeoutSeconds = 1, PollIntervalMs = 100), Description("Fails where nobody answers.")]
    public static Task<string> AskOrFail(McpServer server, CancellationToken cancellationToken) => AskAsync(server, cancellationToken);

    [McpServerTool(Name = "asks_or_is_cancelled"), Job(InputTimeoutSeconds = 1, OnInputExpiry = OnInputExpiry.Cancel, PollIntervalMs = 100)]
    [Description("Is cancelled where nobody answers.")]
    public static Task<string> AskOrBeCancelled(McpServer server, CancellationToken cancellationToken) => AskAsync(server, cancellationToken);

    [McpServerTool(Name = "asks_or_goes_on"), Job(InputTimeoutSeconds = 1, OnInputExpiry = OnInputExpiry.Dismiss, PollIntervalMs = 100)]
    [Description("Goes on where nobody answers.")]
    public static Task<string> AskOrGoOn(McpServer server, CancellationToken cancellationToken) => AskAsync(server, cancellationToken);

    private static async Task<string> HangAtFirst(JobContext job, CancellationToken cancellationToken)
    {
        if (job.Attempt == 1)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        return $"Attempt {job.Attempt}.";
    }

    private static async Task<string> AskAsync(McpServer server, CancellationToken cancellationToken) =>
        $"The answer: {(await server.ElicitAsync(new() { Message = "Go on?", RequestedSchema = new() }, cancellationToken)).Action}.";

    private static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    private static CallToolResult Failure(string text, JsonObject? meta)
    {
        var failure = Text(text);
        (failure.IsError, failure.Meta) = (true, meta);
        return failure;
    }
}
