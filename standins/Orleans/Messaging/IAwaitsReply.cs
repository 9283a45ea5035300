using System.Buffers;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>What waits for the answer to something that was sent over a link: a call, a call that is passed on, a probe.</summary>
internal interface IAwaitsReply
{
    /// <summary>When nobody waits any more, in the ticks of the process's call clock; for one that ends by itself, never.</summary>
    long ExpiresAtTicks { get; }

    /// <summary>The answer. The reader stands behind the header, the body is what is left of the message.</summary>
    void Replied(Link link, in ReplyHeader header, ref WireReader reader, ReadOnlySequence<byte> body);

    /// <summary>The link broke before the answer came.</summary>
    void Broken(Link link, SiloUnavailableException reason);
}
