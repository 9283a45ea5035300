using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;
using Actors.Bench.Simulation.Scenarios;

namespace Actors.Bench.Simulation.Tables;

/// <summary>Jobs that take their time: what their slots hold back. Every slot is taken, others wait in line, and each client polls every second.</summary>
internal static class DurationTable
{
    private const int Silos = 8;

    public static string Of(CostSheet costs)
    {
        var table = new MarkdownTable(
            "a job takes", "slots of a silo", "jobs a second, at most", "used up first", "frontends' cores in use", "silos' cores in use", "PostgreSQL's cores in use", "memory of a silo's jobs");
        foreach (var seconds in (int[])[1, 60, 600])
        {
            foreach (var slots in (int[])[1_000, 20_000])
            {
                var deployment = new Deployment { Frontends = 4, Silos = Silos, PostgresCores = 16, SlotsPerSilo = slots };
                var outcome = Service.WithFullSlots(costs, deployment, TimeSpan.FromSeconds(seconds), Watching.Polls(1));
                table.Add(
                    $"{seconds} s", Shown.Number(slots), Shown.Number(outcome.PerSecond), $"{outcome.Binds.Name}, {Shown.Percent(outcome.Binds.Share)}",
                    Shown.Number(outcome.Cluster.FrontendCores.MeanInUse), Shown.Number(outcome.Cluster.SiloCores.MeanInUse),
                    Shown.Number(outcome.Cluster.PostgresCores.MeanInUse), $"{Shown.Number(slots * costs.LiveKiB / 1024)} MiB");
            }
        }

        return table.ToString();
    }
}
