using System.Diagnostics;
using System.Text.Json;
using Actors.Bench.Driver.Results;
using Actors.Checkout;

namespace Actors.Bench.Driver.Rows;

/// <summary>
/// A grain call within one process, and from a client to a silo over TCP: bench/GrainCalls, which is built on the stand-in or, with
/// OrleansPackages, on Orleans itself. The targets are what Orleans 10.4 does on a machine of two cores.
/// </summary>
internal static class HopRow
{
    public static async Task RunAsync(RowRun row)
    {
        using var program = Process.Start(
            new ProcessStartInfo(BuildOutput.Find("bench/GrainCalls", "Actors.Bench.GrainCalls"), ["hop", "json", row.Pace.Of(full: "2000", quick: "700")]) { RedirectStandardOutput = true })!;
        while (await program.StandardOutput.ReadLineAsync() is { } line)
            row.Add(Read(JsonElement.Parse(line)));
        await program.WaitForExitAsync();
        if (program.ExitCode != 0)
            throw new InvalidOperationException($"bench/GrainCalls ended with code {program.ExitCode}.");
    }

    private static Figure Read(JsonElement call)
    {
        var callers = call.GetProperty("callers").GetInt32();
        var figure = Figure.Of(
            $"a grain call, {callers} {(callers == 1 ? "caller" : "callers")}, each its own grain", $"Actors' grains, {call.GetProperty("what").GetString()}", "/s",
            [.. call.GetProperty("rounds").EnumerateArray().Select(round => round.GetDouble())]);
        return figure with
        {
            P50Ms = call.GetProperty("p50Ms").GetDouble(),
            P99Ms = call.GetProperty("p99Ms").GetDouble(),
            Target = Target.AtLeast(call.GetProperty("target").GetDouble(), figure.Median),
            Processes = [new ProcessUse("both ends", 0, call.GetProperty("cpuUsEach").GetDouble(), 0)],
        };
    }
}
