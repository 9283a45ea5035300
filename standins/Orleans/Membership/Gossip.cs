using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>Tells the others of a change at once, so that they need not wait until they read the table.</summary>
internal sealed class Gossip(ClusterMembership membership, IOptions<ClusterMembershipOptions> options, IPeerContact contact)
{
    /// <summary>A silo that was just declared dead is told too: it may live, and must stop.</summary>
    public void Spread(SiloAddress changed)
    {
        if (!options.Value.UseLivenessGossip) return;

        var view = membership.Current;
        foreach (var member in view.Members)
            if (!member.Address.Equals(membership.Local) && (member.Status != SiloStatus.Dead || member.Address.Equals(changed)))
                contact.Gossip(member.Address, view.Version);
    }
}
