using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Cluster;

/// <summary>
/// tasks/cancel, sent to one frontend, until the token of the tool fires in its silo; the job was made through the other frontend.
/// </summary>
internal static class CancelRow
{
    private const string Work = "tasks/cancel through one frontend until the tool's token fires, the job made through the other; 3 silos";
    private const double TargetP99Ms = 100;

    public static async Task RunAsync(RowRun row, BenchCluster cluster)
    {
        foreach (var (callers, samples) in ((int, int)[])[(1, 200), (16, 480)])
        {
            var rounds = new LatencyRounds(row.Pace, callers, samples);
            await rounds.RunAsync(cluster, async (agent, number, latencies) =>
            {
                var job = await agent.CreateAsync(number % 2, "hold_marked");
                await cluster.Marks.WhenAsync(Mark.Began, job.Id, attempt: 1);
                var sent = await agent.CancelAsync((number + 1) % 2, job.Id);
                var stopped = await cluster.Marks.WhenAsync(Mark.Stopped, job.Id, attempt: 1);
                latencies.Add(stopped.Timestamp - sent);
            });
            row.Add(rounds.Figure(Work, 0.5));
            var p99 = rounds.Figure(Work, 0.99);
            row.Add(p99 with { Processes = [], Target = Target.AtMost(TargetP99Ms, p99.Median) });
        }
    }
}
