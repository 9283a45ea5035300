using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Cluster;

/// <summary>Running jobs held in one silo, each an attempt that waits.</summary>
internal static class LiveRow
{
    private const int Jobs = 100_000;
    private const double MostMiB = 1024;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task RunAsync(RowRun row)
    {
        var (begun, held, each, cpuUs) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < row.Pace.Of(full: 2, quick: 1); round++)
        {
            var sample = await RoundAsync();
            begun.Add(sample.BegunPerSecond);
            held.Add(sample.HeldMiB);
            each.Add(sample.EachKiB);
            cpuUs.Add(sample.IdleCpuUs);
        }

        var work = $"{Jobs:N0} running jobs in one silo";
        row.Add(Figure.Of(work, "Actors, created and begun", "/s", begun));
        row.Add(Figure.Of(work, "Actors, the silo with all of them", "MiB", held) with
        {
            IsLessBetter = true, Target = Target.AtMost(MostMiB, Quantile.Median(held)),
            Processes = [new ProcessUse("silo, idle jobs", Quantile.Median(cpuUs), 0, Quantile.Median(held))],
        });
        row.Add(Figure.Of(work, "Actors, for each of them", "KiB", each) with { IsLessBetter = true });
    }

    /// <summary>With processes of its own: memory that a process has had once it may keep.</summary>
    private static async Task<(double BegunPerSecond, double HeldMiB, double EachKiB, double IdleCpuUs)> RoundAsync()
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
        await Task.Delay(Settle);
        var held = silo.MemoryMiB;
        var idle = silo.CpuTime;
        await Task.Delay(Settle);
        var cpuUs = (silo.CpuTime - idle).TotalMicroseconds / Settle.TotalSeconds;
        return (Jobs / took.TotalSeconds, held, (held - before) * 1024 / Jobs, cpuUs);
    }
}
