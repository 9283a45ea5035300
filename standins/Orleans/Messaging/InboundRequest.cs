using System.Buffers;
using Orleans.Calls;
using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>
/// A call of another process, from its arrival until its answer has left: served here, or passed on as it came to the
/// silo where the grain is.
/// </summary>
internal sealed class InboundRequest(SiloRouter router, Link caller, in RequestHeader header) : ICallOrigin, IAwaitsReply
{
    private GrainCall? _call;
    private Link? _next;
    private ulong _nextId;
    private bool _isCancelled;
    private RequestHeader _header = header;

    public ref readonly RequestHeader Header => ref _header;

    /// <summary>The request from its target on; only for one that may be passed on.</summary>
    public byte[] Rest { get; init; } = [];

    /// <summary>Whether the caller may send later calls of the grain straight to this silo.</summary>
    public bool IsHere { get; set; }

    public bool IsOneWay => _header.Has(RequestFlags.OneWay);

    public bool IsOver => ExpiresAtTicks < caller.Clock.NowTicks;

    public long ExpiresAtTicks { get; } =
        header.PatienceMs == 0 ? long.MaxValue : caller.Clock.NowTicks + (header.PatienceMs * TimeSpan.TicksPerMillisecond);

    public uint PatienceMs => _header.PatienceMs == 0
        ? 0
        : (uint)Math.Max(1, (ExpiresAtTicks - caller.Clock.NowTicks) / TimeSpan.TicksPerMillisecond);

    /// <summary>From now on the call is this object, at an activation of this silo.</summary>
    public void Serve(GrainCall call, bool isHere)
    {
        IsHere = isHere;
        if (!_header.Has(RequestFlags.Cancellable) || IsOneWay) return;

        bool isCancelled;
        lock (caller.Cancelling)
        {
            _call = call;
            isCancelled = _isCancelled;
        }

        caller.AddCancellable(_header.Id, this);
        if (isCancelled) call.CancelAtGrain();
    }

    /// <summary>Prepares the header for the next silo. False when the call has been passed on too often.</summary>
    public bool TryHop(bool isPlaced, byte maxHops)
    {
        if (_header.Hops >= maxHops) return false;

        _header.Hops++;
        _header.Flags = isPlaced ? _header.Flags | RequestFlags.Placed : _header.Flags & ~RequestFlags.Placed;
        _header.PatienceMs = PatienceMs;
        if (_header.Has(RequestFlags.Cancellable) && !IsOneWay) caller.AddCancellable(_header.Id, this);
        return true;
    }

    public void SentOver(Link link, ulong id)
    {
        bool isCancelled;
        lock (caller.Cancelling)
        {
            _next = link;
            _nextId = id;
            isCancelled = _isCancelled;
        }

        if (isCancelled) link.Cancel(id);
    }

    public void Cancel()
    {
        Link? next;
        ulong id;
        GrainCall? call;
        lock (caller.Cancelling)
        {
            _isCancelled = true;
            (next, id, call) = (_next, _nextId, _call);
        }

        if (call is not null) call.CancelAtGrain();
        else next?.Cancel(id);
    }

    /// <summary>Nobody reads on in an enumeration whose caller is gone. Other calls end as they would.</summary>
    public void CallerIsGone()
    {
        if (_call is { Kind: CallKind.StreamPoll }) Cancel();
    }

    public void Answered(GrainCall call)
    {
        if (IsOneWay) return;

        try
        {
            Leave(Messages.Result(caller.Connection, _header.Id, IsHere, call));
        }
        catch (Exception exception)
        {
            // A result that cannot be written, or is too large, is the call's failure.
            Failed(exception);
        }
    }

    public void Failed(GrainCall call, Exception exception) => Failed(exception);

    public void Failed(Exception exception)
    {
        if (IsOneWay) return;

        try
        {
            Leave(Messages.Failure(caller.Connection, _header.Id, IsHere, exception));
        }
        catch (Exception unwritable)
        {
            // Nor can the exception be written: the caller hears at least what kind it was.
            Leave(Messages.Failure(
                caller.Connection, _header.Id, IsHere, new OrleansException($"{exception.GetType()}: its answer could not be sent ({unwritable.GetType()}).")));
        }
    }

    public void Reject(ReplyStatus status, string reason)
    {
        if (!IsOneWay) Leave(Messages.Rejection(caller.Connection, _header.Id, status, reason));
    }

    public void Replied(Link link, in ReplyHeader header, ref WireReader reader, ReadOnlySequence<byte> body)
    {
        if (header.Status == ReplyStatus.Refused && router.RelayAgain(this, link.Peer!)) return;

        var location = header.Location ?? (header.IsHere ? link.Peer!.Address : null);
        if (location is not null)
        {
            router.Learn(_header.Target, location);
            if (caller.IsClient) location = router.GatewayOf(location);
        }

        try
        {
            Leave(Messages.RelayedReply(caller.Connection, new ReplyHeader(header.Status, _header.Id, false, location), body));
        }
        catch (Exception exception)
        {
            // The answer was within the other connection's limit and is not within this one's.
            Failed(exception);
        }
    }

    public void Broken(Link link, SiloUnavailableException reason) => Reject(ReplyStatus.Unavailable, reason.Message);

    private void Leave(Connections.Frame frame)
    {
        if (_header.Has(RequestFlags.Cancellable)) caller.RemoveCancellable(_header.Id);
        caller.Reply(frame);
        caller.Answered();
    }
}
