using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>Who is at the other end, as it has proved by the cluster's secret.</summary>
/// <param name="Address">The silo's own address, or a client's, whose generation is negative.</param>
/// <param name="Name">For logs.</param>
internal sealed record PeerIdentity(SiloAddress Address, string Name)
{
    public bool IsClient => Address.IsClient;

    public override string ToString() => $"{Name} ({Address})";
}
