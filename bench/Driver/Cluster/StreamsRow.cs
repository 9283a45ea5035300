using System.Diagnostics;
using Actors.Bench.Driver.Load;

namespace Actors.Bench.Driver.Cluster;

/// <summary>Streams of subscriptions/listen held open in one frontend, ten on each running job; the jobs are in a silo of their own process.</summary>
internal static class StreamsRow
{
    private const int Streams = 10_000;
    private const int StreamsOfJob = 10;
    private const double MostMiB = 512;
    private static readonly byte[] Acknowledged = "notifications/subscriptions/acknowledged"u8.ToArray();

    public static Task RunAsync(RowRun row) => HeldRound.AddAsync(
        row, $"{Streams:N0} streams of subscriptions/listen in one frontend", ("opened", "frontend", "frontend, idle streams"), MostMiB,
        row.Pace.Of(full: 3, quick: 1), RoundAsync);

    private static async Task<HeldRound> RoundAsync()
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
        var round = await HeldRound.OfAsync(frontend, before, Streams, opened);
        foreach (var stream in streams)
            stream.Dispose();
        return round;
    }
}
