using System.Collections.Concurrent;
using System.Diagnostics;
using Actors.Bench.Driver.Results;
using Actors.Cluster.Processes;

namespace Actors.Bench.Driver.Cluster;

/// <summary>kill -9 of one of three silos with running jobs on all, until each of its jobs has begun its next attempt.</summary>
internal static class RecoveryRow
{
    private const int Jobs = 1000;
    private const int Callers = 16;
    private const double TargetSeconds = 5;

    public static async Task RunAsync(RowRun row, BenchCluster cluster)
    {
        var agents = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => cluster.ConnectAsync()));
        var (half, all) = (new List<double>(), new List<double>());
        for (var round = 0; round < row.Pace.Rounds; round++)
        {
            double[] seconds = await RoundAsync(cluster, agents, cluster.Silos[round % cluster.Silos.Count]);
            half.Add(seconds[seconds.Length / 2]);
            all.Add(seconds[^1]);
        }

        var work = $"kill -9 of one of 3 silos until its share of {Jobs:N0} running jobs runs again";
        row.Add(Figure.Of(work, "Actors, half of them", "s", half) with { IsLessBetter = true });
        var last = Figure.Of(work, "Actors, every one", "s", all) with { IsLessBetter = true };
        row.Add(last with { Target = Target.AtMost(TargetSeconds, last.Median) });
        foreach (var agent in agents)
            agent.Dispose();
    }

    private static async Task<double[]> RoundAsync(BenchCluster cluster, Agent[] agents, SiloNode victim)
    {
        var jobs = await CreateAsync(cluster, agents);
        var lost = jobs.Where(job => job.Pid == victim.Pid).ToList();
        var killed = Stopwatch.GetTimestamp();
        await victim.KillAsync(CancellationToken.None);
        var again = await Task.WhenAll(lost.Select(job => cluster.Marks.WhenAsync(Mark.Began, job.Job, attempt: 2)));
        EnsureRunning(cluster, jobs, again);

        double[] seconds = [.. again.Select(mark => mark.Since(killed).TotalSeconds).Order()];
        await BenchCluster.ReviveAsync(victim);
        await EachAsync(agents, jobs, async (agent, job) => await agent.CancelAsync(0, job.Job));
        return seconds;
    }

    /// <summary>Returns when all of them run.</summary>
    private static async Task<IReadOnlyList<Mark>> CreateAsync(BenchCluster cluster, Agent[] agents)
    {
        var created = new ConcurrentBag<string>();
        await EachAsync(agents, [.. Enumerable.Range(0, Jobs)], async (agent, number) => created.Add((await agent.CreateAsync(number % 2, "hold_marked")).Id));
        return await Task.WhenAll(created.Select(job => cluster.Marks.WhenAsync(Mark.Began, job, attempt: 1)));
    }

    /// <summary>Those that ran elsewhere were not disturbed, and those that were lost run once.</summary>
    private static void EnsureRunning(BenchCluster cluster, IReadOnlyList<Mark> jobs, IReadOnlyList<Mark> again)
    {
        var restarted = again.ToDictionary(mark => mark.Job);
        foreach (var job in jobs)
        {
            var attempt = restarted.TryGetValue(job.Job, out var next) ? next.Attempt : job.Attempt;
            if (cluster.Marks.IsThere(Mark.Stopped, job.Job, attempt) || cluster.Marks.IsThere(Mark.Began, job.Job, attempt + 1))
                throw new InvalidOperationException($"Job {job.Job} was stopped in attempt {attempt}: not all of them run.");
        }
    }

    private static Task EachAsync<T>(Agent[] agents, IReadOnlyList<T> items, Func<Agent, T, Task> act)
    {
        var next = -1;
        return Task.WhenAll(agents.Select(agent => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < items.Count;)
                await act(agent, items[i]);
        })));
    }
}
