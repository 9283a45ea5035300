using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;

namespace Actors.Bench.Driver.Cluster;

/// <summary>Running jobs held in one silo, each an attempt that waits.</summary>
internal static class LiveRow
{
    private const int Jobs = 100_000;
    private const double MostMiB = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static Task RunAsync(RowRun row) => HeldRound.AddAsync(
        row, $"{Jobs:N0} running jobs in one silo", ("created and begun", "silo", "silo, idle jobs"), MostMiB, row.Pace.Of(full: 2, quick: 1), RoundAsync);

    private static async Task<HeldRound> RoundAsync()
    {
        await using var cluster = await BenchCluster.StartAsync(silos: 1, frontends: 1, slotsPerSilo: Jobs);
        var server = cluster.Frontends[0];
        var silo = cluster.Groups[0];
        var requests = new McpRequest(server, cluster.Key);
        var hold = requests.CallTool("hold");
        var before = silo.MemoryMiB;
        var started = Stopwatch.GetTimestamp();
        await Crowd.EachAsync(server, 64, Jobs, async (connection, _) => McpRequest.TaskIdIn((await connection.SendAsync(hold)).Span));
        while (await BenchPostgres.ScalarAsync<long>(cluster.ConnectionString, "SELECT count(*) FROM actors.jobs WHERE silo IS NOT NULL AND status = 1") < Jobs)
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
                throw new TimeoutException($"Not all of {Jobs:N0} jobs run within {Patience.TotalSeconds:0} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        var took = Stopwatch.GetElapsedTime(started);
        return await HeldRound.OfAsync(silo, before, Jobs, took);
    }
}
