using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;
using Actors.Bench.Simulation.Scenarios;

namespace Actors.Bench.Simulation.Tables;

/// <summary>Polls by the number of frontends.</summary>
internal static class PollTable
{
    private const int Silos = 4;

    public static string Of(CostSheet costs)
    {
        var table = new MarkdownTable("frontends", "silos", "polls a second, at most", "used up first", "silos' cores in use");
        foreach (var frontends in (int[])[1, 2, 4, 8, 16])
        {
            var outcome = Service.MostPolls(costs, new Deployment { Frontends = frontends, Silos = Silos });
            table.Add($"{frontends}", $"{Silos}", Shown.Number(outcome.PerSecond), outcome.Binds.Name, Shown.Number(outcome.Cluster.SiloCores.MeanInUse));
        }

        return table.ToString();
    }
}
