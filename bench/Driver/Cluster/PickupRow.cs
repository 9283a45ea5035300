namespace Actors.Bench.Driver.Cluster;

/// <summary>tools/call, sent to a frontend, until the tool's first statement runs in a silo.</summary>
internal static class PickupRow
{
    private const double TargetP50Ms = 10;

    public static async Task RunAsync(BenchCluster cluster)
    {
        Report.Line($"tools/call of a job until the tool's first statement, through both frontends in turn; 3 silos");
        foreach (var (callers, samples) in ((int, int)[])[(1, 300), (16, 960)])
        {
            var rounds = new LatencyRounds(callers, samples);
            long late = 0, all = 0;
            await rounds.RunAsync(cluster, async (agent, number, latencies) =>
            {
                var job = await agent.CreateAsync(number % 2, "begin_marked");
                var began = await cluster.Marks.WhenAsync(Mark.Began, job.Id, attempt: 1);
                latencies.Add(began.Timestamp - job.Sent);
                Interlocked.Increment(ref all);
                if (began.Timestamp > job.Acknowledged)
                    Interlocked.Increment(ref late);
            });
            Report.Line($"  {rounds}");
            Report.Line($"  {"",-14} {1 - ((double)late / all):P0} ran before the caller had the handle");
            // With many callers the processors are the limit, and a caller waits for the others' jobs: for orientation.
            if (callers == 1)
                Report.Target($"p50 {rounds.P50Ms.Median:N2} ms", $"below {TargetP50Ms:N0} ms", rounds.P50Ms.Median < TargetP50Ms);
        }
    }
}
