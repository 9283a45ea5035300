using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;
using Actors.Bench.Simulation.Scenarios;

namespace Actors.Bench.Simulation.Tables;

/// <summary>The same silos over one database and over several, each of a group of tenants.</summary>
internal static class DatabaseTable
{
    public static string Of(CostSheet costs)
    {
        var table = new MarkdownTable("databases", "cores of each", "silos", "jobs a second, at most", "used up first", "PostgreSQL's cores in use");
        foreach (var databases in (int[])[1, 2, 4])
        {
            var outcome = Service.MostJobs(costs, new Deployment { Frontends = JobTable.Frontends, Silos = 32, PostgresCores = 8, Databases = databases });
            table.Add($"{databases}", "8", "32", Shown.Number(outcome.PerSecond), outcome.Binds.Name, Shown.Percent(outcome.Cluster.PostgresCores.Share));
        }

        return table.ToString();
    }
}
