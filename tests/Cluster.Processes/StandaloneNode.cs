using Actors.Checkout;

namespace Actors.Cluster.Processes;

/// <summary>Silo and frontend in one process, which is what a laptop runs.</summary>
internal sealed class StandaloneNode(LocalCluster cluster) : FrontendNode(cluster, "standalone")
{
    private protected override string Program => BuildOutput.Find("src/Standalone", "Actors.Standalone");

    private protected override IEnumerable<KeyValuePair<string, string>> Settings() =>
        // What a silo and a frontend are both told, it is told once.
        base.Settings().Concat(ToolPacks).Concat(Cluster.Options.SiloSettings).DistinctBy(setting => setting.Key);
}
