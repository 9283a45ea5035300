using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Cluster;

/// <summary>tools/call, sent to a frontend, until the tool's first statement runs in a silo.</summary>
internal static class PickupRow
{
    private const string Work = "tools/call of a job until the tool's first statement, through both frontends in turn; 3 silos";
    private const double TargetP50Ms = 10;

    public static async Task RunAsync(RowRun row, BenchCluster cluster)
    {
        foreach (var (callers, samples) in ((int, int)[])[(1, 300), (16, 960)])
        {
            var rounds = new LatencyRounds(row.Pace, callers, samples);
            await rounds.RunAsync(cluster, async (agent, number, latencies) =>
            {
                var job = await agent.CreateAsync(number % 2, "begin_marked");
                var began = await cluster.Marks.WhenAsync(Mark.Began, job.Id, attempt: 1);
                latencies.Add(began.Timestamp - job.Sent);
            });
            var p50 = rounds.Figure(Work, 0.5);
            // With many callers the processors are the limit, and a caller waits for the others' jobs: for orientation.
            row.Add(callers == 1 ? p50 with { Target = Target.AtMost(TargetP50Ms, p50.Median) } : p50);
            row.Add(rounds.Figure(Work, 0.99) with { Processes = [] });
        }
    }
}
