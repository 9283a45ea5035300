using Actors.Checkout;

namespace Actors.Cluster.Processes;

/// <summary>A frontend of its own process.</summary>
public class FrontendNode : ClusterNode
{
    internal FrontendNode(LocalCluster cluster, string name) : base(cluster, name)
    {
    }

    /// <summary>Where it speaks MCP.</summary>
    public Uri Mcp => new(Address, "/mcp");

    private protected override string Program => BuildOutput.Find("src/Frontend", "Actors.Frontend");

    private protected override IEnumerable<KeyValuePair<string, string>> Settings() => [.. base.Settings(), .. Cluster.Options.FrontendSettings];
}
