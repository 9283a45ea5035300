using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>What a cluster does without being asked: leases, looks at the line, and memory that has to be gone through.</summary>
internal static class Upkeep
{
    private const double ChunkUs = 10_000;

    /// <param name="timeline">The time.</param>
    /// <param name="cluster">Whose.</param>
    /// <param name="live">How many jobs run now.</param>
    /// <param name="listeners">How many clients hold a stream open now.</param>
    public static void Begin(Timeline timeline, Cluster cluster, Func<double> live, Func<double> listeners)
    {
        var costs = cluster.Costs;
        foreach (var silo in cluster.Silos)
        {
            timeline.Every(cluster.Deployment.RenewEvery.TotalMicroseconds, () => silo.Database.Commit(costs.CommitUs + costs.RowUs, rows: 1, Nothing));
            timeline.Every(cluster.Deployment.LookEvery.TotalMicroseconds, silo.Look);
            InChunks(silo.Cores, () => live() / cluster.Silos.Count * costs.LiveUsPerSecond);
        }

        foreach (var frontend in cluster.Frontends)
            InChunks(frontend, () => listeners() / cluster.Frontends.Count * costs.ListenerUsPerSecond);

        void InChunks(Cores cores, Func<double> usPerSecond) => timeline.Every(ChunkUs, () =>
        {
            if (usPerSecond() is var us and > 0)
                cores.Work(us * ChunkUs / 1_000_000, Nothing);
        });
    }

    private static void Nothing()
    {
    }
}
