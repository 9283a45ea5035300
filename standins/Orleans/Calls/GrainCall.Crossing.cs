using System.Buffers;
using Orleans.Messaging;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Calls;

// What a call needs on its way to another process, and from one.
internal abstract partial class GrainCall : IAwaitsReply
{
    private Link? _link;
    private ulong _linkId;
    private GrainId _sender;

    /// <summary>How often the call was sent on after somebody did not take it.</summary>
    public byte Hops { get; private set; }

    /// <summary>The grain was looked up and is active nowhere: whoever gets the call is to activate it.</summary>
    public bool IsPlaced { get; set; }

    /// <summary>The grain that called, on whichever silo; default for a caller that is no grain.</summary>
    public GrainId SenderId => Source?.GrainId ?? _sender;

    public bool CanBeCancelled => _cancellation is not null;

    public bool IsCancellationRequested => _cancellation is { IsCancellationRequested: true };

    /// <summary>How many milliseconds the caller still waits; 0 for any time.</summary>
    public uint PatienceMs =>
        Origin is InboundRequest request ? request.PatienceMs
        : PendingOwner is { } pending ? (uint)Math.Max(1, pending.TicksUntil(DeadlineTicks) / TimeSpan.TicksPerMillisecond)
        : 0;

    // The call ends by itself, and takes itself out then.
    long IAwaitsReply.ExpiresAtTicks => long.MaxValue;

    public bool TryHop(byte max)
    {
        if (Hops >= max) return false;

        Hops++;
        return true;
    }

    /// <summary>The call is a message from another process, made anew here.</summary>
    public void Arrive(GrainReference target, InboundRequest origin, Dictionary<string, object>? context)
    {
        Target = target;
        Options |= Method.Options;
        Origin = origin;
        Context = context;
        _sender = origin.Header.Sender;
        if (!IsCancellable || !origin.Header.Has(RequestFlags.Cancellable)) return;

        _cancellation = new CancellationTokenSource();
        Token = _cancellation.Token;
    }

    public void SentOver(Link link, ulong id)
    {
        Host = null;
        _linkId = id;
        _link = link;
    }

    /// <summary>For a call whose answer somebody else gives: true once.</summary>
    public bool TryHandOver() => TrySettle();

    void IAwaitsReply.Replied(Link link, in ReplyHeader header, ref WireReader reader, ReadOnlySequence<byte> body)
    {
        _link = null;
        Target.Shared.References.Router.Replied(this, link, header, ref reader, body);
    }

    void IAwaitsReply.Broken(Link link, SiloUnavailableException reason)
    {
        _link = null;
        Fail(reason);
    }
}
