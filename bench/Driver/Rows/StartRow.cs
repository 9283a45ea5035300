using System.Diagnostics;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;
using Actors.Checkout;

namespace Actors.Bench.Driver.Rows;

/// <summary>
/// From the start of a process until it has answered its first request, and what it takes when nobody asks anything. The product finds a
/// database that is up and migrated.
/// </summary>
internal static class StartRow
{
    /// <summary>After a start the compiler works on for so long.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(RowRun row)
    {
        await using var postgres = await BenchPostgres.StartAsync();
        await postgres.CreateKeyAsync();
        (string Name, Func<Task<StartedProcess>> Start)[] contestants =
        [
            ("Actors, one process", () => StartActorsAsync(postgres)),
            ("C# SDK", () => StartedProcess.StartAsync(BuildOutput.Find("bench/SdkEndpoint", "Actors.Bench.SdkEndpoint"), "/")),
            ("TypeScript SDK", () => StartedProcess.StartNodeAsync("sdk-server.mjs", "/")),
        ];
        var seconds = contestants.ToDictionary(contestant => contestant.Name, _ => new List<double>());
        for (var round = -1; round < row.Pace.Rounds; round++)
        {
            foreach (var (name, start) in contestants)
            {
                var began = Stopwatch.GetTimestamp();
                await using var process = await start();
                // The first brings the programs into the machine's memory.
                if (round >= 0)
                    seconds[name].Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }

        var ours = Quantile.Median(seconds[contestants[0].Name]);
        foreach (var (name, _) in contestants)
        {
            row.Add(Figure.Of("start of a process until its first answer", name, "s", seconds[name]) with
            {
                IsLessBetter = true, Ratio = name == contestants[0].Name ? null : ours / Quantile.Median(seconds[name]),
            });
        }

        await MeasureIdleAsync(row, postgres);
    }

    private static Task<StartedProcess> StartActorsAsync(BenchPostgres postgres) => StartedProcess.StartAsync(
        BuildOutput.Find("src/Standalone", "Actors.Standalone"), "/readyz",
        ("Actors:Storage:ConnectionString", postgres.ConnectionString),
        ("Actors:ToolPacks:Paths:0", BuildOutput.Find("bench/Pack", "Actors.Bench.Pack.dll")));

    private static async Task MeasureIdleAsync(RowRun row, BenchPostgres postgres)
    {
        await using var process = await StartActorsAsync(postgres);
        (string Name, ProcessGroup Group)[] parts = [("Actors, one process", new ProcessGroup("server", process.Pid)), ("its PostgreSQL", postgres.Group)];
        await Task.Delay(Settle);
        var used = parts.ToDictionary(part => part.Name, _ => new List<double>());
        for (var round = 0; round < row.Pace.Rounds; round++)
        {
            TimeSpan[] before = [.. parts.Select(part => part.Group.CpuTime)];
            await Task.Delay(row.Pace.Round);
            foreach (var (part, cpu) in parts.Zip(before))
                used[part.Name].Add((part.Group.CpuTime - cpu) / row.Pace.Round * 1000);
        }

        foreach (var (name, _) in parts)
            row.Add(Figure.Of($"processor time while nobody asks anything, {Settle.TotalSeconds:0} s after the start", name, "ms/s", used[name]) with { IsLessBetter = true });
    }
}
