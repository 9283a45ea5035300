using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>The clients of the jobs that run: what they ask, and what they are told.</summary>
internal sealed class Watchers(Timeline timeline, Draws draws, Cluster cluster, JobLife jobs, Watching watching)
{
    public Tally Answers { get; } = new(timeline);

    public double Listeners => watching.Listens ? jobs.Live : 0;

    public void Begin()
    {
        if (watching.AsksEvery is { } every)
            Demand.Open(timeline, draws, () => jobs.Live / every.TotalSeconds, () => Ask(Answers.Time(Nothing)));
        if (watching.WordsPerSecond > 0)
            Demand.Open(timeline, draws, () => jobs.Live * watching.WordsPerSecond, Progress);
    }

    /// <summary>From the frontend to the job's silo and back.</summary>
    public void Ask(Action answered)
    {
        var frontend = cluster.AnyFrontend();
        var silo = cluster.AnySilo();
        var halfUs = ((watching.IsCall ? cluster.Costs.CallUs : cluster.Costs.RequestUs) + cluster.Costs.HopUs / 2) / 2;
        frontend.Work(draws.Around(halfUs), () =>
            silo.Cores.Work(draws.Around(cluster.Costs.HopUs / 2), () =>
                frontend.Work(draws.Around(halfUs), answered)));
    }

    /// <summary>A listener's stream is opened when its job is created.</summary>
    public void JobCreated()
    {
        if (watching is { Listens: true, IsCall: false })
            cluster.AnyFrontend().Work(draws.Around(cluster.Costs.CallUs), Nothing);
    }

    public void JobEnded()
    {
        if (watching.Listens)
            cluster.AnyFrontend().Work(draws.Around(cluster.Costs.WordUs), Nothing);
    }

    /// <summary>At once to who listens. To PostgreSQL at most once a second, which more words than that a second are not simulated for.</summary>
    private void Progress()
    {
        var silo = cluster.AnySilo();
        silo.Cores.Work(draws.Around(cluster.Costs.EndUs), () => silo.Writer.Write(cluster.Costs.RowUs, Nothing));
        if (watching.Listens)
            cluster.AnyFrontend().Work(draws.Around(cluster.Costs.WordUs), Nothing);
    }

    private static void Nothing()
    {
    }
}
