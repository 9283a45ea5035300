using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;
using Actors.Bench.Simulation.Scenarios;

namespace Actors.Bench.Simulation.Tables;

/// <summary>How long a create takes, by how much of what is possible is asked for.</summary>
internal static class LatencyTable
{
    public static string Of(CostSheet costs)
    {
        var table = new MarkdownTable("frontends", "silos", "PostgreSQL's cores", "load", "jobs a second", "create p50", "create p99", "rows a commit", "used most");
        Add(1, 2, 8);
        Add(4, 8, 16);
        Add(16, 32, 64);
        return table.ToString();

        void Add(int frontends, int silos, int cores)
        {
            var deployment = new Deployment { Frontends = frontends, Silos = silos, PostgresCores = cores };
            var most = Service.MostJobs(costs, deployment).PerSecond;
            foreach (var load in (double[])[0.5, 0.7, 0.9])
            {
                var outcome = Service.At(costs, deployment, most * load);
                table.Add(
                    $"{frontends}", $"{silos}", $"{cores}", Shown.Percent(load), Shown.Number(outcome.PerSecond),
                    Shown.Ms(outcome.P50Ms), Shown.Ms(outcome.P99Ms), Shown.Number(outcome.RowsPerCommit), $"{outcome.Binds.Name}, {Shown.Percent(outcome.Binds.Share)}");
            }
        }
    }
}
