using System.ComponentModel;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Actors.Chaos.Pack;

/// <summary>
/// Tools whose every step is on record outside of the server. Each takes a token of its caller, and puts it into all it says, so
/// that what reaches somebody else gives itself away.
/// </summary>
[McpServerToolType]
public sealed class ChaosTools(Effects effects, TimeProvider time)
{
    private const int PollIntervalMs = 500;
    private const int Attempts = 1_000;
    private const int CancelGraceSeconds = 3;

    [McpServerTool(Name = "chaos_steps"), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts)]
    [Description("Makes steps, with a checkpoint and progress at each.")]
    public async Task<string> Steps(
        string token, int steps, int delayMs, JobContext job, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        await StepAsync(job, steps, delayMs, progress, cancellationToken);
        return await EndAsync(job, $"{token} steps {steps} attempt {job.Attempt}", cancellationToken);
    }

    [McpServerTool(Name = "chaos_ask"), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts)]
    [Description("Asks questions, one after the other, with a pause before each.")]
    public async Task<string> Ask(string token, int questions, int delayMs, JobContext job, McpServer server, CancellationToken cancellationToken)
    {
        await effects.WriteAsync(job, "start", 0, token, cancellationToken);
        var answers = new List<string>();
        for (var question = 1; question <= questions; question++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, cancellationToken);
            var answer = await server.ElicitAsync(Question(token, question), cancellationToken);
            var text = answer.Content?["answer"].GetString() ?? answer.Action;
            await effects.WriteAsync(job, "answer", question, text, cancellationToken);
            answers.Add(text);
        }

        return await EndAsync(job, $"{token} answers {string.Join(',', answers)} attempt {job.Attempt}", cancellationToken);
    }

    [McpServerTool(Name = "chaos_stubborn"), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts, CancelGraceSeconds = CancelGraceSeconds)]
    [Description("Works on for a while after it was told to stop, which may be longer than it is given.")]
    public async Task<string> Stubborn(string token, int steps, int delayMs, int ignoreMs, JobContext job, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource();
        await using var told = cancellationToken.Register(() => late.CancelAfter(ignoreMs));
        await StepAsync(job, steps, delayMs, progress: null, late.Token);
        return await EndAsync(job, $"{token} stubborn {steps} attempt {job.Attempt}", late.Token);
    }

    [McpServerTool(Name = "chaos_large"), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts)]
    [Description("Returns a long text.")]
    public async Task<string> Large(string token, int length, int delayMs, JobContext job, CancellationToken cancellationToken)
    {
        await effects.WriteAsync(job, "start", 0, token, cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, cancellationToken);
        return await EndAsync(job, ChaosText.Of(token, length), cancellationToken);
    }

    [McpServerTool(Name = "chaos_fail"), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts)]
    [Description("Ends with a protocol error, and so without a result.")]
    public async Task<string> Fail(string token, int delayMs, JobContext job, CancellationToken cancellationToken)
    {
        await effects.WriteAsync(job, "start", 0, token, cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, cancellationToken);
        await effects.WriteAsync(job, "end", 0, token, cancellationToken);
        throw new McpProtocolException($"{token} fails on purpose", McpErrorCode.InvalidParams);
    }

    [McpServerTool(Name = "chaos_echo"), Description("Says what it is told, at once.")]
    public static string Echo(string token) => $"{token} echo";

    private async Task StepAsync(
        JobContext job, int steps, int delayMs, IProgress<ProgressNotificationValue>? progress, CancellationToken cancellationToken)
    {
        var done = job.Checkpoint<int>();
        await effects.WriteAsync(job, "start", done, "", cancellationToken);
        for (var step = done + 1; step <= steps; step++)
        {
            await effects.WriteAsync(job, "step", step, "", cancellationToken);
            await job.SaveCheckpointAsync(step, cancellationToken);
            progress?.Report(new() { Progress = step, Total = steps, Message = $"attempt {job.Attempt}" });
            await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, cancellationToken);
        }
    }

    private async Task<string> EndAsync(JobContext job, string result, CancellationToken cancellationToken)
    {
        await effects.WriteAsync(job, "end", 0, "", cancellationToken);
        return result;
    }

    private static ElicitRequestParams Question(string token, int question) => new()
    {
        Message = $"{token} question {question}",
        RequestedSchema = new()
        {
            Properties = { ["answer"] = new ElicitRequestParams.StringSchema { Title = "Answer" } },
            Required = ["answer"],
        },
    };
}
