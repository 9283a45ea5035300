using System.ComponentModel;
using System.Globalization;
using Actors.Jobs;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Tools;

/// <summary>A job whose every step is on record outside of the server, so that a test can prove where it went on.</summary>
[McpServerToolType]
public static class CountingTools
{
    /// <summary>The environment variable that names the folder of step records; without it nothing is recorded.</summary>
    public const string StepsFolder = "ACTORS_FIXTURE_STEPS";

    [McpServerTool(Name = "count_to"), Job(PollIntervalMs = 100), Description("Counts, with a checkpoint at each number.")]
    public static async Task<string> CountTo(
        [Description("The last number.")] int n,
        [Description("Milliseconds between two numbers.")] int delayMs,
        JobContext job,
        IProgress<ProgressNotificationValue> progress,
        CancellationToken cancellationToken)
    {
        var from = job.Checkpoint<int>();
        for (var step = from + 1; step <= n; step++)
        {
            Record(job, step.ToString(CultureInfo.InvariantCulture));
            await job.SaveCheckpointAsync(step, cancellationToken);
            progress.Report(new() { Progress = step, Total = n, Message = $"{step} of {n}" });
            await Task.Delay(delayMs, cancellationToken);
        }

        Record(job, "end");
        return $"Counted to {n}; attempt {job.Attempt} went on after {from}.";
    }

    /// <summary>One line per step, in the file of the job: what the operating system took survives a kill.</summary>
    internal static void Record(JobContext job, string what)
    {
        if (Environment.GetEnvironmentVariable(StepsFolder) is { Length: > 0 } folder)
            File.AppendAllText(Path.Combine(folder, job.JobId!), $"{job.Attempt} {what}\n");
    }
}
