using Orleans.Connections;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Messaging;

/// <summary>Signs of life and gossip, over the connections that calls use.</summary>
internal sealed class PeerContact(Peers peers) : IPeerContact
{
    public async Task<ProbeOutcome> ProbeAsync(SiloAddress peer, CancellationToken cancellationToken)
    {
        try
        {
            var link = await peers.Get(peer).ConnectAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            var probe = new Question();
            return link.Ask(probe, Messages.Probe) && await probe.Answered.WaitAsync(cancellationToken).ConfigureAwait(false)
                ? ProbeOutcome.Answered
                : ProbeOutcome.Unanswered;
        }
        catch (OperationCanceledException)
        {
            return ProbeOutcome.Unanswered;
        }
        catch (ConnectionFailedException failure)
        {
            return failure.IsGone ? ProbeOutcome.Gone : ProbeOutcome.Unanswered;
        }
        catch (Exception exception) when (exception is IOException or OrleansException)
        {
            return ProbeOutcome.Unanswered;
        }
    }

    public void Gossip(SiloAddress peer, MembershipVersion version) => _ = GossipAsync(peers.Get(peer), version);

    private static async Task GossipAsync(Peer peer, MembershipVersion version)
    {
        try
        {
            var link = await peer.ConnectAsync().ConfigureAwait(false);
            link.TrySend(Messages.Gossip(link.Connection, version));
        }
        catch (Exception)
        {
            // It reads the table sooner or later, if it is there at all.
        }
    }
}
