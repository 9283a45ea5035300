using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Cluster;

/// <summary>
/// tools/call of a tenant with one job at a time until the tool's first statement: alone, and while another tenant has thousands of jobs
/// in line for the same slots.
/// </summary>
internal static class FairnessRow
{
    /// <summary>Of each silo: few, so that there is a line.</summary>
    public const int SlotsPerSilo = 20;

    private const int FloodJobs = 6000;
    private const int FloodMs = 200;
    private const int Samples = 40;
    private const double TargetRatio = 2;

    public static async Task RunAsync(RowRun row, BenchCluster cluster)
    {
        var work = $"tools/call until the tool's first statement, one at a time; 3 silos of {SlotsPerSilo} slots";
        var idle = new LatencyRounds(row.Pace, callers: 1, Samples);
        await idle.RunAsync(cluster, (agent, number, latencies) => SampleAsync(cluster, agent, number, latencies));
        using var flooder = await cluster.ConnectAsync(await cluster.CreateKeyAsync("flood"));
        for (var job = 0; job < FloodJobs; job++)
            await flooder.CreateAsync(job % 2, "rest_marked", new { marks = cluster.Marks.Path, ms = FloodMs });
        var flooded = new LatencyRounds(row.Pace, callers: 1, Samples);
        await flooded.RunAsync(cluster, (agent, number, latencies) => SampleAsync(cluster, agent, number, latencies));
        foreach (var share in (double[])[0.5, 0.99])
        {
            var alone = idle.Figure(work, share);
            var beside = flooded.Figure(work, share);
            var ratio = beside.Median / alone.Median;
            row.Add(beside with { By = $"{beside.By}; another tenant has {FloodJobs:N0} jobs of {FloodMs} ms in line" });
            row.Add(alone with { By = $"{alone.By}; alone", Ratio = ratio, Target = share > 0.9 ? Target.RatioAtMost(TargetRatio, ratio) : null });
        }
    }

    private static async Task SampleAsync(BenchCluster cluster, Agent agent, int number, Latencies latencies)
    {
        var job = await agent.CreateAsync(number % 2, "begin_marked");
        latencies.Add((await cluster.Marks.WhenAsync(Mark.Began, job.Id, attempt: 1)).Timestamp - job.Sent);
    }
}
