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
    private const int FirstRetryDelayMs = 200;

    [McpServerTool(Name = "chaos_steps"), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts)]
    [Description("Makes steps, with a checkpoint and progress at each.")]
    public async Task<string> Steps(
        string token, int steps, int delayMs, JobContext job, IProgress<ProgressNotificationValue> progress, CancellationToken cancellationToken)
    {
        await StepAsync(job, token, steps, delayMs, progress, cancellationToken);
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
        await StepAsync(job, token, steps, delayMs, progress: null, late.Token);
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

    [McpServerTool(Name = "chaos_once"), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts, FirstRetryDelayMs = FirstRetryDelayMs, RetryBackoff = 1)]
    [Description("Makes steps whose results are kept, and fails in a way that passes after the first ones of its first attempts.")]
    public async Task<string> Once(string token, int steps, int failures, int delayMs, JobContext job, CancellationToken cancellationToken)
    {
        await effects.WriteAsync(job, "start", 0, token, cancellationToken);
        var kept = new List<string>();
        for (var step = 1; step <= steps; step++)
        {
            var result = await job.StepAsync($"step-{step}", stopping => WorkAsync(job, step, delayMs, stopping), cancellationToken);
            await effects.WriteAsync(job, "kept", step, result, cancellationToken);
            kept.Add(result);
            if (job.Attempt <= failures && step > steps / 2)
                throw new TransientException($"{token} fails in attempt {job.Attempt}");
        }

        return await EndAsync(job, $"{token} once {string.Join(',', kept)} attempt {job.Attempt}", cancellationToken);
    }

    [McpServerTool(Name = ChaosLimits.ClusterTool), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts, MaxRunning = ChaosLimits.InCluster)]
    [Description("Runs three times at once in the whole cluster.")]
    public Task<string> Limited(string token, int beats, int delayMs, JobContext job, CancellationToken cancellationToken) =>
        BeatAsync(job, token, ChaosLimits.ClusterTool, beats, delayMs, cancellationToken);

    [McpServerTool(Name = ChaosLimits.TenantTool), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts, MaxRunningPerTenant = ChaosLimits.InTenant)]
    [Description("Runs twice at once for each tenant.")]
    public Task<string> LimitedOfTenant(string token, int beats, int delayMs, JobContext job, CancellationToken cancellationToken) =>
        BeatAsync(job, token, ChaosLimits.TenantTool, beats, delayMs, cancellationToken);

    [McpServerTool(Name = ChaosLimits.LinkTool), Job(PollIntervalMs = PollIntervalMs, MaxAttempts = Attempts)]
    [Description("Follows a job, and writes down which.")]
    public async Task<string> Link(string token, string of, string status, int delayMs, JobContext job, CancellationToken cancellationToken)
    {
        await effects.WriteAsync(job, "start", 0, token, cancellationToken);
        await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, cancellationToken);
        await effects.WriteAsync(job, "link", 0, $"{of} {status}", cancellationToken);
        return await EndAsync(job, $"{token} link {of} {status} attempt {job.Attempt}", cancellationToken);
    }

    [McpServerTool(Name = "chaos_echo"), Description("Says what it is told, at once.")]
    public static string Echo(string token) => $"{token} echo";

    private async Task StepAsync(
        JobContext job, string token, int steps, int delayMs, IProgress<ProgressNotificationValue>? progress, CancellationToken cancellationToken)
    {
        var done = job.Checkpoint<int>();
        await effects.WriteAsync(job, "start", done, token, cancellationToken);
        for (var step = done + 1; step <= steps; step++)
        {
            await effects.WriteAsync(job, "step", step, "", cancellationToken);
            await job.SaveCheckpointAsync(step, cancellationToken);
            progress?.Report(new() { Progress = step, Total = steps, Message = $"attempt {job.Attempt}" });
            await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, cancellationToken);
        }
    }

    /// <summary>Its result differs each time.</summary>
    private async Task<string> WorkAsync(JobContext job, int step, int delayMs, CancellationToken cancellationToken)
    {
        var result = Guid.NewGuid().ToString("N")[..12];
        await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, cancellationToken);
        await effects.WriteAsync(job, "work", step, result, cancellationToken);
        return result;
    }

    private async Task<string> BeatAsync(JobContext job, string token, string tool, int beats, int delayMs, CancellationToken cancellationToken)
    {
        await effects.WriteAsync(job, "start", 0, token, cancellationToken);
        for (var beat = 1; beat <= beats; beat++)
        {
            await effects.WriteAsync(job, "beat", beat, tool, cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(delayMs), time, cancellationToken);
        }

        // From the first to this one the attempt held its place.
        await effects.WriteAsync(job, "beat", beats + 1, tool, cancellationToken);
        return await EndAsync(job, $"{token} beats {beats} attempt {job.Attempt}", cancellationToken);
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
