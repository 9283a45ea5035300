using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Rows;

/// <summary>From a tool's word about its progress until it has come to those who listen to the job, and what a listener costs.</summary>
internal static class WatchersRow
{
    private const int EveryMs = 250;
    private const double LeastShare = 0.5; // of the words: some may be folded into the next

    public static async Task RunAsync(RowRun row)
    {
        await using var actors = await OneProcess.StartAsync();
        var job = await actors.CreateAsync("tick", new { everyMs = EveryMs });
        foreach (var count in (int[])[1, 1_000])
        {
            var watchers = new List<Watcher>();
            for (var i = 0; i < count; i++)
                watchers.Add(await Watcher.OpenAsync(actors.Address, actors.Requests.Listen(job)));
            await MeasureAsync(row, actors, watchers);
            foreach (var watcher in watchers)
                watcher.Dispose();
        }
    }

    private static async Task MeasureAsync(RowRun row, OneProcess actors, List<Watcher> watchers)
    {
        ProcessGroup[] groups = [actors.Group, actors.Postgres.Group, ProcessGroup.Driver];
        await Task.Delay(row.Pace.Warmup);
        _ = Take(watchers);
        var (p50, p99, each, heard) = (new List<double>(), new List<double>(), new List<double>(), 0L);
        TimeSpan[] before = [.. groups.Select(group => group.CpuTime)];
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; round < row.Pace.Rounds; round++)
        {
            var cpu = actors.Group.CpuTime;
            await Task.Delay(row.Pace.Round);
            var taken = Take(watchers);
            if (taken.Count < LeastShare * watchers.Count * (row.Pace.Round.TotalMilliseconds / EveryMs))
                throw new InvalidOperationException($"{taken.Count} words came to {watchers.Count} listeners: the figures are void.");
            p50.Add(taken.PercentileMs(0.5));
            p99.Add(taken.PercentileMs(0.99));
            each.Add((actors.Group.CpuTime - cpu).TotalMicroseconds / taken.Count);
            heard += taken.Count;
        }

        var took = Stopwatch.GetElapsedTime(started);
        var work = $"a tool's progress until it has come to {watchers.Count:N0} listeners of its job, one word each {EveryMs} ms";
        row.Add(Figure.Of(work, "Actors, p50", "ms", p50) with
        {
            IsLessBetter = true,
            Processes = [.. groups.Select((group, i) => (Group: group, Cpu: group.CpuTime - before[i])).Select(used =>
                new ProcessUse(used.Group.Name, used.Cpu.TotalMicroseconds / took.TotalSeconds, used.Cpu.TotalMicroseconds / heard, used.Group.MemoryMiB))],
        });
        row.Add(Figure.Of(work, "Actors, p99", "ms", p99) with { IsLessBetter = true });
        row.Add(Figure.Of(work, "Actors, processor time for each", "us", each) with { IsLessBetter = true });
    }

    private static Latencies Take(List<Watcher> watchers)
    {
        var all = new Latencies();
        foreach (var watcher in watchers)
            all.Add(watcher.Take());
        return all;
    }
}
