using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Cluster;

/// <summary>Streams of subscriptions/listen held open in one frontend, ten on each running job; the jobs are in a silo of their own process.</summary>
internal static class StreamsRow
{
    private const int Streams = 10_000;
    private const int StreamsOfJob = 10;
    private const double MostMiB = 512;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);
    private static readonly byte[] Acknowledged = "notifications/subscriptions/acknowledged"u8.ToArray();

    public static async Task RunAsync(RowRun row)
    {
        var (opened, held, each, cpuUs) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < row.Pace.Of(full: 3, quick: 1); round++)
        {
            var sample = await RoundAsync();
            opened.Add(sample.OpenedPerSecond);
            held.Add(sample.HeldMiB);
            each.Add(sample.EachKiB);
            cpuUs.Add(sample.IdleCpuUs);
        }

        var work = $"{Streams:N0} streams of subscriptions/listen in one frontend";
        row.Add(Figure.Of(work, "Actors, opened", "/s", opened));
        row.Add(Figure.Of(work, "Actors, the frontend with all of them", "MiB", held) with
        {
            IsLessBetter = true, Target = Target.AtMost(MostMiB, Quantile.Median(held)),
            Processes = [new ProcessUse("frontend, idle streams", Quantile.Median(cpuUs), 0, Quantile.Median(held))],
        });
        row.Add(Figure.Of(work, "Actors, for each of them", "KiB", each) with { IsLessBetter = true });
    }

    /// <summary>With processes of its own: memory that a process has had once it may keep.</summary>
    private static async Task<(double OpenedPerSecond, double HeldMiB, double EachKiB, double IdleCpuUs)> RoundAsync()
    {
        await using var cluster = await BenchCluster.StartAsync(silos: 1, frontends: 1, slotsPerSilo: null);
        var server = cluster.Frontends[0];
        var frontend = cluster.Groups[1];
        var requests = new McpRequest(server, cluster.Key);
        var jobs = new string[Streams / StreamsOfJob];
        await Crowd.EachAsync(server, 16, jobs.Length, async (connection, number) =>
            jobs[number] = McpRequest.TaskIdIn((await connection.SendAsync(requests.CallTool("hold"))).Span));

        var before = frontend.MemoryMiB;
        var started = Stopwatch.GetTimestamp();
        var streams = new HttpConnection[Streams];
        await Crowd.EachAsync(server, 32, Streams, async (_, number) =>
        {
            streams[number] = new HttpConnection(bufferBytes: 2 * 1024);
            await streams[number].ConnectAsync(server, CancellationToken.None);
            await streams[number].OpenAsync(requests.Listen(jobs[number % jobs.Length]), Acknowledged);
        });
        var opened = Stopwatch.GetElapsedTime(started);
        await Task.Delay(Settle);

        var held = frontend.MemoryMiB;
        var idle = frontend.CpuTime;
        await Task.Delay(Settle);
        var cpuUs = (frontend.CpuTime - idle).TotalMicroseconds / Settle.TotalSeconds;
        foreach (var stream in streams)
            stream.Dispose();
        return (Streams / opened.TotalSeconds, held, (held - before) * 1024 / Streams, cpuUs);
    }
}
