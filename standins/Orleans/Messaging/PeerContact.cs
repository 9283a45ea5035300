using System.Buffers;
using Orleans.Connections;
using Orleans.Membership;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>Signs of life and gossip, over the connections that calls use.</summary>
internal sealed class PeerContact(Peers peers) : IPeerContact
{
    public async Task<ProbeOutcome> ProbeAsync(SiloAddress peer, CancellationToken cancellationToken)
    {
        try
        {
            var link = await peers.Get(peer).ConnectAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            var probe = new Probe();
            return link.Probe(probe)
                ? await probe.Outcome.WaitAsync(cancellationToken).ConfigureAwait(false)
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

    private sealed class Probe : IAwaitsReply
    {
        private readonly TaskCompletionSource<ProbeOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ProbeOutcome> Outcome => _outcome.Task;

        public long ExpiresAtTicks => long.MaxValue;

        public void Replied(Link link, in ReplyHeader header, ref WireReader reader, ReadOnlySequence<byte> body) =>
            _outcome.TrySetResult(ProbeOutcome.Answered);

        public void Broken(Link link, SiloUnavailableException reason) => _outcome.TrySetResult(ProbeOutcome.Unanswered);
    }
}
