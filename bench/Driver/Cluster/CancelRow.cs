namespace Actors.Bench.Driver.Cluster;

/// <summary>
/// tasks/cancel, sent to one frontend, until the token of the tool fires in its silo; the job was made through the other frontend.
/// </summary>
internal static class CancelRow
{
    private const double TargetP99Ms = 100;

    public static async Task RunAsync(BenchCluster cluster)
    {
        Report.Line($"tasks/cancel through one frontend until the tool's token fires, the job made through the other; 3 silos");
        foreach (var (callers, samples) in ((int, int)[])[(1, 200), (16, 480)])
        {
            var rounds = new LatencyRounds(callers, samples);
            await rounds.RunAsync(cluster, async (agent, number, latencies) =>
            {
                var job = await agent.CreateAsync(number % 2, "hold_marked");
                await cluster.Marks.WhenAsync(Mark.Began, job.Id, attempt: 1);
                var sent = await agent.CancelAsync((number + 1) % 2, job.Id);
                var stopped = await cluster.Marks.WhenAsync(Mark.Stopped, job.Id, attempt: 1);
                latencies.Add(stopped.Timestamp - sent);
            });
            Report.Line($"  {rounds}");
            Report.Target($"p99 {rounds.P99Ms.Median:N2} ms", $"below {TargetP99Ms:N0} ms", rounds.P99Ms.Median < TargetP99Ms);
        }
    }
}
