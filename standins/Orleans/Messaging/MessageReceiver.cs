using System.Buffers;
using Orleans.Calls;
using Orleans.Connections;
using Orleans.Membership;
using Orleans.References;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>Takes every message that arrives at this process, on the connection's own receive loop.</summary>
internal sealed class MessageReceiver(Peers peers, ReferenceFactory references, CallRouter router, ClusterMembership? membership = null)
    : IFrameReceiver
{
    public void Receive(Connection connection, ReadOnlySequence<byte> message)
    {
        var link = peers.Of(connection);
        var reader = new WireReader(message, references);
        switch ((MessageKind)reader.ReadByte())
        {
            case MessageKind.Request when router is SiloRouter silo:
                silo.Receive(link, ref reader, message);
                break;
            case MessageKind.Reply:
                var header = ReplyHeader.Read(ref reader);
                // Nobody waits any more for the answer of a call that timed out.
                link.Take(header.Id)?.Replied(link, header, ref reader, message.Slice(reader.Position));
                break;
            case MessageKind.Cancel:
                link.CancelInbound(reader.ReadFixed64());
                break;
            case MessageKind.Probe:
                link.TrySend(Messages.Answer(connection, reader.ReadFixed64()));
                break;
            case MessageKind.Goodbye:
                link.Peer?.Leave();
                link.TrySend(Messages.Answer(connection, reader.ReadFixed64()));
                break;
            case MessageKind.Gossip:
                membership?.Heard(new MembershipVersion((long)reader.ReadFixed64()));
                break;
            case MessageKind.Leaving:
                link.Peer?.IsLeaving = true;
                break;
            default:
                // A kind of a later version, or one that has no business here: it asks for nothing that must be answered.
                break;
        }
    }

    public void Closed(Connection connection, Exception? reason) => peers.Closed(connection, reason);
}
