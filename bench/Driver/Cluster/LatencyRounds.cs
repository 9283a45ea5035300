using System.Diagnostics;
using System.Globalization;

namespace Actors.Bench.Driver.Cluster;

/// <summary>Rounds of callers that each take one sample after the other, once the processes have been at it for a while.</summary>
internal sealed class LatencyRounds(int callers, int samplesPerRound)
{
    private const int Rounds = 5;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(8);

    private readonly List<Latencies> _rounds = [];
    private (double Silos, double Frontends) _cpuUs;

    public Spread P50Ms => Spread.Of(_rounds.Select(round => round.PercentileMs(0.5)));

    public Spread P99Ms => Spread.Of(_rounds.Select(round => round.PercentileMs(0.99)));

    /// <param name="cluster">Where the jobs run.</param>
    /// <param name="sample">One sample: its caller, its number, and where its figure goes.</param>
    public async Task RunAsync(BenchCluster cluster, Func<Agent, int, Latencies, Task> sample)
    {
        var agents = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => cluster.ConnectAsync()));
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Warmup;)
            await RoundAsync(agents, sample);
        var (silos, frontends) = cluster.CpuTimes;
        for (var round = 0; round < Rounds; round++)
            _rounds.Add(await RoundAsync(agents, sample));
        var (silosAfter, frontendsAfter) = cluster.CpuTimes;
        var samples = _rounds.Sum(round => round.Count);
        _cpuUs = ((silosAfter - silos).TotalMicroseconds / samples, (frontendsAfter - frontends).TotalMicroseconds / samples);
        foreach (var agent in agents)
            agent.Dispose();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(callers == 1 ? "one at a time" : $"{callers} at a time"),-14} p50 {P50Ms} ms   p99 {P99Ms} ms   {Rounds} rounds of {samplesPerRound}"
        + $"   cpu for one: silos {_cpuUs.Silos:N0} us, frontends {_cpuUs.Frontends:N0} us");

    private async Task<Latencies> RoundAsync(Agent[] agents, Func<Agent, int, Latencies, Task> sample)
    {
        var all = new Latencies();
        var taken = await Task.WhenAll(agents.Select(agent => Task.Run(async () =>
        {
            var own = new Latencies();
            for (var number = 0; number < samplesPerRound / callers; number++)
                await sample(agent, number, own);
            return own;
        })));
        foreach (var own in taken)
            all.Add(own);
        return all;
    }
}
