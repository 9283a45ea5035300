using System.ComponentModel;
using System.Globalization;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Tools;

/// <summary>Jobs that fail and are tried again, and jobs whose work is done in steps.</summary>
[McpServerToolType]
public static class RetryTools
{
    [McpServerTool(Name = "flaky_job"), Description("Fails as often as it is told, over all its attempts and jobs.")]
    [Job(MaxAttempts = 2, FirstRetryDelayMs = 1, PollIntervalMs = 100)]
    public static async Task<string> Flaky(
        [Description("How often.")] int failures, JobContext job, CancellationToken cancellationToken)
    {
        var first = await job.StepAsync("first", _ => Task.FromResult(job.JobId!), cancellationToken);
        var tries = job.Checkpoint<int>() + 1;
        await job.SaveCheckpointAsync(tries, cancellationToken);
        return tries > failures
            ? $"Try {tries} went on after the step of job {first}."
            : throw new TransientException($"The printer is busy at try {tries}.");
    }

    [McpServerTool(Name = "late_retry"), Description("Fails, and is tried again an hour later.")]
    [Job(MaxAttempts = 5, FirstRetryDelayMs = 3_600_000, MaxRetryDelayMs = 3_600_000, PollIntervalMs = 100)]
    public static string LateRetry() => throw new TransientException("The printer is busy.");

    [McpServerTool(Name = "step_to"), Job(PollIntervalMs = 100), Description("Makes so many steps, each on record outside of the server.")]
    public static Task<string> StepTo(
        [Description("How many.")] int n,
        [Description("Milliseconds between two.")] int delayMs,
        JobContext job,
        CancellationToken cancellationToken) => StepsAsync(n, delayMs, job, cancellationToken);

    [McpServerTool(Name = "step_over"), Job(PollIntervalMs = 100, AfterCrash = AfterCrash.Retry), Description("The same, from the first step after a crash.")]
    public static Task<string> StepOver(
        [Description("How many.")] int n,
        [Description("Milliseconds between two.")] int delayMs,
        JobContext job,
        CancellationToken cancellationToken) => StepsAsync(n, delayMs, job, cancellationToken);

    [McpServerTool(Name = "once_only"), Job(PollIntervalMs = 100, AfterCrash = AfterCrash.Fail), Description("Makes one step and waits; must not happen twice.")]
    public static Task<string> OnceOnly(
        [Description("Milliseconds to wait.")] int delayMs, JobContext job, CancellationToken cancellationToken) =>
        StepsAsync(1, delayMs, job, cancellationToken);

    private static async Task<string> StepsAsync(int n, int delayMs, JobContext job, CancellationToken cancellationToken)
    {
        var sum = 0;
        for (var step = 1; step <= n; step++)
        {
            var number = step;
            sum += await job.StepAsync(
                $"step-{step}",
                _ =>
                {
                    CountingTools.Record(job, number.ToString(CultureInfo.InvariantCulture));
                    return Task.FromResult(number);
                },
                cancellationToken);
            await Task.Delay(delayMs, cancellationToken);
        }

        CountingTools.Record(job, "end");
        return $"The steps' sum is {sum}; attempt {job.Attempt}.";
    }
}
