using Actors.Bench.Simulation.Engine;

namespace Actors.Bench.Simulation.Model;

/// <summary>A job from its create to its end.</summary>
/// <param name="timeline">The time.</param>
/// <param name="draws">What varies.</param>
/// <param name="cluster">Where it runs.</param>
/// <param name="durationUs">For how long its tool runs, or rather waits for others.</param>
internal sealed class JobLife(Timeline timeline, Draws draws, Cluster cluster, double durationUs)
{
    /// <summary>How many run now.</summary>
    public int Live { get; private set; }

    /// <param name="handed">The caller has its handle: the row is durable.</param>
    /// <param name="ended">The end is stored.</param>
    public void Create(Action handed, Action ended)
    {
        var frontend = cluster.AnyFrontend();
        var silo = cluster.AnySilo();
        var halfUs = (cluster.Costs.RequestUs + cluster.Costs.HopUs / 2) / 2;
        frontend.Work(draws.Around(halfUs), () =>
            silo.Cores.Work(draws.Around(cluster.Costs.CreateUs + cluster.Costs.HopUs / 2), () =>
                Store(silo, () => frontend.Work(draws.Around(halfUs), handed), ended)));
    }

    /// <summary>Puts a job where it has run for a while.</summary>
    public void Resume(Silo silo, double leftUs, Action ended)
    {
        if (silo.TryTakeSlot())
            Run(silo, leftUs, ended);
    }

    private void Store(Silo silo, Action handed, Action ended)
    {
        if (silo.TryTakeSlot())
        {
            silo.Writer.Write(cluster.Costs.RowUs, () =>
            {
                handed();
                Run(silo, durationUs, ended);
            });
            return;
        }

        silo.Writer.Write(cluster.Costs.LineRowUs, () =>
        {
            handed();
            silo.Database.Join(claimer => StartClaimed(claimer, ended));
            silo.Look();
        });
    }

    private void StartClaimed(Silo silo, Action ended) =>
        silo.Cores.Work(draws.Around(cluster.Costs.CreateUs), () =>
            silo.Writer.Write(cluster.Costs.RowUs, () => Run(silo, durationUs, ended)));

    private void Run(Silo silo, double leftUs, Action ended)
    {
        Live++;
        timeline.After(leftUs, () =>
            silo.Cores.Work(draws.Around(cluster.Costs.EndUs), () =>
                silo.Writer.Write(cluster.Costs.RowUs, () =>
                {
                    Live--;
                    silo.GiveBackSlot();
                    ended();
                })));
    }
}
