using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;
using Actors.Bench.Simulation.Scenarios;

namespace Actors.Bench.Simulation.Tables;

/// <summary>Jobs that do nothing, by silos and by cores of the one PostgreSQL.</summary>
internal static class JobTable
{
    public const int Frontends = 16;

    private const int ManyConnections = 8;

    private static readonly int[] PostgresCores = [8, 16, 32, 64];

    public static string Of(CostSheet costs)
    {
        var table = new MarkdownTable(["silos", .. PostgresCores.Select(cores => $"PostgreSQL with {cores} cores")]);
        Add("1", new Deployment());
        Add($"1 with {ManyConnections} writing connections", new Deployment { WriterConnections = ManyConnections });
        foreach (var silos in (int[])[2, 4, 8, 16, 32])
            Add($"{silos}", new Deployment { Silos = silos });
        return table.ToString();

        void Add(string name, Deployment deployment) => table.Add([name, .. PostgresCores.Select(cores =>
        {
            var most = Service.MostJobs(costs, deployment with { Frontends = Frontends, PostgresCores = cores });
            return $"{Shown.Number(most.PerSecond)}: {most.Binds.Name}";
        })]);
    }
}
