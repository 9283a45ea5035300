using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Cluster;

/// <summary>Rounds of callers that each take one sample after the other, once the processes have been at it for a while.</summary>
internal sealed class LatencyRounds(Pace pace, int callers, int samplesPerRound)
{
    private readonly List<Latencies> _rounds = [];
    private IReadOnlyList<ProcessUse> _processes = [];

    // Many callers come after one caller alone, to a cluster that is warm already.
    private TimeSpan Warmup => TimeSpan.FromSeconds(pace.Of(full: 8, quick: 3) / (callers == 1 ? 1.0 : 2.0));

    private int Samples => pace.Of(full: samplesPerRound, quick: Math.Max(samplesPerRound / 3, callers));

    /// <param name="cluster">Where the jobs run.</param>
    /// <param name="sample">One sample: its caller, its number, and where its figure goes.</param>
    public async Task RunAsync(BenchCluster cluster, Func<Agent, int, Latencies, Task> sample)
    {
        var agents = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => cluster.ConnectAsync()));
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Warmup;)
            await RoundAsync(agents, sample);
        var groups = cluster.Groups;
        var began = Stopwatch.GetTimestamp();
        TimeSpan[] before = [.. groups.Select(group => group.CpuTime)];
        for (var round = 0; round < pace.Rounds; round++)
            _rounds.Add(await RoundAsync(agents, sample));
        var took = Stopwatch.GetElapsedTime(began);
        var samples = _rounds.Sum(round => round.Count);
        _processes = [.. groups.Select((group, i) => (Group: group, Cpu: group.CpuTime - before[i])).Select(used =>
            new ProcessUse(used.Group.Name, used.Cpu.TotalMicroseconds / took.TotalSeconds, used.Cpu.TotalMicroseconds / samples, used.Group.MemoryMiB))];
        foreach (var agent in agents)
            agent.Dispose();
    }

    /// <summary>The quantile of each round.</summary>
    public Figure Figure(string work, double share) =>
        Results.Figure.Of(work, $"Actors, p{share * 100:0}, {(callers == 1 ? "one at a time" : $"{callers} at a time")}", "ms", [.. _rounds.Select(round => round.PercentileMs(share))])
            with { IsLessBetter = true, Processes = _processes };

    private async Task<Latencies> RoundAsync(Agent[] agents, Func<Agent, int, Latencies, Task> sample)
    {
        var all = new Latencies();
        var taken = await Task.WhenAll(agents.Select(agent => Task.Run(async () =>
        {
            var own = new Latencies();
            for (var number = 0; number < Samples / callers; number++)
                await sample(agent, number, own);
            return own;
        })));
        foreach (var own in taken)
            all.Add(own);
        return all;
    }
}
