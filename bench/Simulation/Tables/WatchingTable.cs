using Actors.Bench.Simulation.Costs;
using Actors.Bench.Simulation.Model;
using Actors.Bench.Simulation.Scenarios;

namespace Actors.Bench.Simulation.Tables;

/// <summary>The same jobs, by how their clients learn what becomes of them.</summary>
internal static class WatchingTable
{
    private const int Jobs = 100_000;
    private const int Frontends = 4;

    private static readonly Watching[] Ways =
    [
        Watching.Nobody, Watching.Polls(5), Watching.Polls(1), Watching.Listening(0), Watching.Waiting(0),
        Watching.Polls(1, wordsPerSecond: 0.1), Watching.Listening(0.1), Watching.Polls(1, wordsPerSecond: 1), Watching.Listening(1),
    ];

    public static string Of(CostSheet costs)
    {
        var deployment = new Deployment { Frontends = Frontends, Silos = 8, PostgresCores = 16, SlotsPerSilo = 20_000 };
        var table = new MarkdownTable(
            "a client has", "words of a job about its progress", "frontends' cores in use", "silos' cores in use", "PostgreSQL's cores in use", "of the disk", "listeners' memory in a frontend");
        foreach (var way in Ways)
        {
            var outcome = Service.WithLive(costs, deployment, Jobs, TimeSpan.FromSeconds(60), way);
            var memoryMiB = way.Listens ? Jobs / Frontends * costs.ListenerKiB / 1024 : 0;
            table.Add(
                way.Name, way.WordsPerSecond > 0 ? $"one every {1 / way.WordsPerSecond:0} s" : "none",
                Shown.Number(outcome.Cluster.FrontendCores.MeanInUse), Shown.Number(outcome.Cluster.SiloCores.MeanInUse), Shown.Number(outcome.Cluster.PostgresCores.MeanInUse),
                Shown.Percent(outcome.Cluster.Disks.Share), memoryMiB > 0 ? $"{Shown.Number(memoryMiB)} MiB" : "");
        }

        return table.ToString();
    }
}
