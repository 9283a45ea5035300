using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>One silo's end of the <see cref="Network"/>.</summary>
internal sealed class NetworkContact(Network network, ILocalSiloDetails silo) : IPeerContact
{
    public Task<ProbeOutcome> ProbeAsync(SiloAddress peer, CancellationToken cancellationToken) =>
        network.ProbeAsync(silo.SiloAddress, peer, cancellationToken);

    public void Gossip(SiloAddress peer, MembershipVersion version) => network.Gossip(peer, version);
}
