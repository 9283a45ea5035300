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
        var table = new MarkdownTable("frontends", "silos", "polls a second, at most", "used up first", "silos' cores in use", "p99 at 50 %, 70 %, 90 % of that");
        foreach (var frontends in (int[])[1, 2, 4, 8, 16])
        {
            var deployment = new Deployment { Frontends = frontends, Silos = Silos };
            var most = Service.MostPolls(costs, deployment);
            var p99 = ((double[])[0.5, 0.7, 0.9]).Select(load => Shown.Ms(Service.PollsAt(costs, deployment, most.PerSecond * load).P99Ms));
            table.Add(
                $"{frontends}", $"{Silos}", Shown.Number(most.PerSecond), most.Binds.Name, Shown.Number(most.Cluster.SiloCores.MeanInUse), string.Join(", ", p99));
        }

        return table.ToString();
    }
}
