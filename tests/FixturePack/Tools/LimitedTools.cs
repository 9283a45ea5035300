using System.ComponentModel;
using System.Globalization;
using Actors.Jobs;
using ModelContextProtocol.Server;

namespace Actors.FixturePack.Tools;

/// <summary>Tools that keep a record of when they run; of some only so many run at once.</summary>
[McpServerToolType]
public static class LimitedTools
{
    public const int MaxRunning = 2;

    [McpServerTool(Name = "on_record"), Job(PollIntervalMs = 100)]
    [Description("Writes into a folder when it begins and when it ends, with its process and the machine's clock.")]
    public static async Task<string> OnRecord(
        [Description("The folder.")] string record, [Description("How long, in milliseconds.")] int delayMs, JobContext job, CancellationToken cancellationToken)
    {
        await WriteAsync(record, "began", job);
        try
        {
            await Task.Delay(delayMs, cancellationToken);
            return "Ran.";
        }
        finally
        {
            await WriteAsync(record, "ended", job);
        }
    }

    [McpServerTool(Name = "two_at_once"), Job(MaxRunning = MaxRunning, PollIntervalMs = 100), Description("The same; only two run at once.")]
    public static Task<string> TwoAtOnce(
        [Description("The folder.")] string record, [Description("How long, in milliseconds.")] int delayMs, JobContext job, CancellationToken cancellationToken) =>
        OnRecord(record, delayMs, job, cancellationToken);

    [McpServerTool(Name = "one_at_a_time"), Job(MaxRunning = 1, PollIntervalMs = 100), Description("The same; only one runs at once.")]
    public static Task<string> OneAtATime(
        [Description("The folder.")] string record, [Description("How long, in milliseconds.")] int delayMs, JobContext job, CancellationToken cancellationToken) =>
        OnRecord(record, delayMs, job, cancellationToken);

    private static async Task WriteAsync(string record, string what, JobContext job)
    {
        // A file for each line, under its name only once it is whole: what several processes append to one file is not safe from each other.
        var line = string.Create(CultureInfo.InvariantCulture, $"{what} {job.JobId} {job.Attempt} {Environment.ProcessId} {TimeProvider.System.GetTimestamp()}");
        var path = Path.Combine(record, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(path, line);
        File.Move(path, path + ".line");
    }
}
