using Orleans.Runtime;

namespace Orleans.Membership;

/// <summary>
/// How the membership reaches other silos. An interface because the messaging that implements it stands on the
/// membership, and because the membership is tested without messaging.
/// </summary>
internal interface IPeerContact
{
    /// <summary>
    /// Asks a silo for a sign of life over the connection that calls use. The token is cancelled at the probe's timeout,
    /// which is then <see cref="ProbeOutcome.Unanswered"/>.
    /// </summary>
    Task<ProbeOutcome> ProbeAsync(SiloAddress peer, CancellationToken cancellationToken);

    /// <summary>
    /// Tells a silo that the table has this version; there, <see cref="ClusterMembership.Heard"/> takes it. Never blocks;
    /// what cannot be sent is dropped.
    /// </summary>
    void Gossip(SiloAddress peer, MembershipVersion version);
}
