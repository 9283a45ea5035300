using System.ComponentModel;
using Actors.Jobs;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.Workshop;

/// <summary>The smallest job there is: it takes time, says how far it is, and goes on after a crash.</summary>
[McpServerToolType]
internal sealed class SlowThing(IOptions<WorkshopOptions> options, TimeProvider time)
{
    [Job(PollIntervalMs = 500)]
    [McpServerTool(Name = "slow_thing", Title = "Take some time", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Counts seconds, with progress each second, and does nothing else. For trying out jobs: watch it, cancel it, or stop the "
        + "server under it, and it goes on from the second it had reached.")]
    public async Task<string> Run(
        JobContext job,
        IProgress<ProgressNotificationValue> progress,
        [Description("How many seconds")] int seconds,
        CancellationToken cancellationToken)
    {
        if (seconds < 1 || seconds > options.Value.MaxSlowSeconds)
            throw new McpException($"The seconds must be from 1 to {options.Value.MaxSlowSeconds}.");

        var resumedAt = Math.Min(job.Checkpoint<int>(), seconds);
        for (var elapsed = resumedAt; elapsed < seconds;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
            elapsed++;
            await job.SaveCheckpointAsync(elapsed, cancellationToken);
            progress.Report(new ProgressNotificationValue { Progress = elapsed, Total = seconds, Message = "counting seconds" });
        }
        return job.Attempt > 1
            ? $"{seconds} seconds have passed; attempt {job.Attempt} went on from second {resumedAt}."
            : $"{seconds} seconds have passed.";
    }
}
