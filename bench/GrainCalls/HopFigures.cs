using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Actors.Bench.GrainCalls;

/// <summary>
/// What it costs that the grain is in another process: the same call within one process and from a client to a silo over TCP,
/// in turns.
/// </summary>
internal static class HopFigures
{
    private const int Rounds = 3;

    // What Orleans 10.4 does on a machine of 2 cores.
    private static readonly (int Callers, double InProcess, double Remote, double RemoteP50Us)[] Targets =
        [(1, 250_000, 17_000, 50), (128, 250_000, 100_000, double.PositiveInfinity)];

    /// <param name="isForMachines">One JSON line for each kind of call, with the rate of each round.</param>
    /// <param name="round">How long a round is; half of that before it warms up.</param>
    public static async Task PrintAsync(bool isForMachines, TimeSpan round)
    {
        using var local = await LocalSilo.StartAsync();
        await using var silo = await RemoteSilo.StartAsync();
        using var client = await silo.ConnectAsync();
        foreach (var (callers, inProcessTarget, remoteTarget, remoteP50Target) in Targets)
        {
            var inProcess = new List<Measurement>();
            var remote = new List<Measurement>();
            for (var i = 0; i < Rounds; i++)
            {
                inProcess.Add(await MeasureAsync(local.Services, callers, round, null));
                remote.Add(await MeasureAsync(client.Services, callers, round, () => silo.ProcessorTime));
            }

            if (isForMachines)
            {
                Console.WriteLine(Json(callers, "in process", inProcess, inProcessTarget));
                Console.WriteLine(Json(callers, "client to silo", remote, remoteTarget));
                continue;
            }

            Console.WriteLine($"a grain call, {callers} callers, each its own grain; median of {Rounds} rounds");
            Print("in process", inProcess, inProcessTarget, double.PositiveInfinity);
            Print("client to silo", remote, remoteTarget, remoteP50Target);
            Line($"  the hop costs {Median(inProcess, m => m.CallsPerSecond) / Median(remote, m => m.CallsPerSecond):N1} x: {Median(remote, m => m.ProcessorMicroseconds):N1} us of processor time for a call, in both processes, beside {Median(inProcess, m => m.ProcessorMicroseconds):N1} us");
        }

        await client.StopAsync();
        await local.StopAsync();
    }

    private static async Task<Measurement> MeasureAsync(IServiceProvider services, int callers, TimeSpan round, Func<TimeSpan>? otherProcess)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var targets = Enumerable.Range(0, callers).Select(key => grains.GetGrain<IEchoGrain>(key)).ToArray();
        return await Measurement.OfAsync(callers, (caller, value) => targets[caller].Echo(value), otherProcess, round);
    }

    private static void Print(string what, List<Measurement> rounds, double target, double p50Target)
    {
        var rate = Median(rounds, m => m.CallsPerSecond);
        var p50 = Median(rounds, m => m.P50Microseconds);
        Line($"  {what,-15} {rate,10:N0}/s ({rounds.Min(m => m.CallsPerSecond):N0} to {rounds.Max(m => m.CallsPerSecond):N0})   p50 {p50:N1} us   p99 {Median(rounds, m => m.P99Microseconds):N1} us");
        Line($"  {"",-15} {rate / target:N2} x the target of {target:N0}/s: {(rate >= target ? "reached" : "missed")}");
        if (double.IsFinite(p50Target))
            Line($"  {"",-15} p50 {p50:N1} us, target {p50Target:N0} us: {(p50 <= p50Target ? "reached" : "missed")}");
    }

    private static string Json(int callers, string what, List<Measurement> rounds, double target) => JsonSerializer.Serialize(new
    {
        callers, what, target, rounds = rounds.Select(m => m.CallsPerSecond),
        p50Ms = Median(rounds, m => m.P50Microseconds) / 1000, p99Ms = Median(rounds, m => m.P99Microseconds) / 1000, cpuUsEach = Median(rounds, m => m.ProcessorMicroseconds),
    });

    private static double Median(List<Measurement> rounds, Func<Measurement, double> figure) => rounds.Select(figure).Order().ElementAt(rounds.Count / 2);

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
