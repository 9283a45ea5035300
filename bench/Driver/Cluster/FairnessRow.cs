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

    public static async Task RunAsync(BenchCluster cluster)
    {
        Report.Line($"tools/call until the tool's first statement, one at a time, while another tenant has {FloodJobs:N0} jobs of {FloodMs} ms in line; 3 silos of {SlotsPerSilo} slots");
        var idle = new LatencyRounds(callers: 1, Samples);
        await idle.RunAsync(cluster, (agent, number, latencies) => SampleAsync(cluster, agent, number, latencies));
        Report.Line($"  {"idle",-8} {idle}");
        using var flooder = await cluster.ConnectAsync(await cluster.CreateKeyAsync("flood"));
        for (var job = 0; job < FloodJobs; job++)
            await flooder.CreateAsync(job % 2, "rest_marked", new { marks = cluster.Marks.Path, ms = FloodMs });
        var flooded = new LatencyRounds(callers: 1, Samples);
        await flooded.RunAsync(cluster, (agent, number, latencies) => SampleAsync(cluster, agent, number, latencies));
        Report.Line($"  {"flooded",-8} {flooded}");
        var ratio = flooded.P99Ms.Median / idle.P99Ms.Median;
        Report.Target($"p99 {ratio:N2} x idle", $"{TargetRatio:N0} x", ratio <= TargetRatio);
    }

    private static async Task SampleAsync(BenchCluster cluster, Agent agent, int number, Latencies latencies)
    {
        var job = await agent.CreateAsync(number % 2, "begin_marked");
        latencies.Add((await cluster.Marks.WhenAsync(Mark.Began, job.Id, attempt: 1)).Timestamp - job.Sent);
    }
}
