using System.Buffers;
using Orleans.Calls;
using Orleans.Connections;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>Writes messages into frames.</summary>
internal static class Messages
{
    public static Frame Request(Connection connection, GrainCall call, ulong id)
    {
        var header = new RequestHeader
        {
            Flags = FlagsOf(call), Hops = call.Hops, Id = id, PatienceMs = call.PatienceMs, Target = call.Target.GrainId
        };
        if (header.Has(RequestFlags.HasSender)) header.Sender = call.SenderId;
        if (header.Has(RequestFlags.HasHint)) header.Hint = HintOf(call);
        var frame = connection.NewFrame();
        var writer = new WireWriter(frame);
        try
        {
            header.WriteHop(ref writer);
            header.WriteRest(ref writer);
            CallCatalog.Write(ref writer, call);
            if (header.Has(RequestFlags.HasContext)) WireRequestContext.Write(ref writer, call.Context);
            call.WriteArguments(ref writer);
            writer.Commit();
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    public static Frame Relay(Connection connection, InboundRequest request, ulong id)
    {
        var header = request.Header;
        header.Id = id;
        var frame = connection.NewFrame();
        var writer = new WireWriter(frame);
        header.WriteHop(ref writer);
        writer.WriteRaw(request.Rest);
        writer.Commit();
        return frame;
    }

    public static Frame Result(Connection connection, ulong id, bool isHere, GrainCall call)
    {
        var frame = connection.NewFrame();
        var writer = new WireWriter(frame);
        try
        {
            new ReplyHeader(ReplyStatus.Result, id, isHere).Write(ref writer);
            call.WriteResult(ref writer);
            writer.Commit();
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    public static Frame Failure(Connection connection, ulong id, bool isHere, Exception exception)
    {
        var frame = connection.NewFrame();
        var writer = new WireWriter(frame);
        new ReplyHeader(ReplyStatus.Failure, id, isHere).Write(ref writer);
        WireExceptions.Write(ref writer, exception);
        writer.Commit();
        return frame;
    }

    /// <summary>A Refused or Unavailable answer.</summary>
    public static Frame Rejection(Connection connection, ulong id, ReplyStatus status, string reason)
    {
        var frame = connection.NewFrame();
        var writer = new WireWriter(frame);
        new ReplyHeader(status, id).Write(ref writer);
        writer.WriteString(reason);
        writer.Commit();
        return frame;
    }

    /// <summary>Another silo's answer, for the caller that this silo asked it for.</summary>
    public static Frame RelayedReply(Connection connection, in ReplyHeader header, ReadOnlySequence<byte> body)
    {
        var frame = connection.NewFrame();
        var writer = new WireWriter(frame);
        header.Write(ref writer);
        foreach (var segment in body) writer.WriteRaw(segment.Span);
        writer.Commit();
        return frame;
    }

    public static Frame Answer(Connection connection, ulong id)
    {
        var frame = connection.NewFrame();
        var writer = new WireWriter(frame);
        new ReplyHeader(ReplyStatus.Result, id).Write(ref writer);
        writer.Commit();
        return frame;
    }

    public static Frame Cancel(Connection connection, ulong id) => Numbered(connection, MessageKind.Cancel, id);

    public static Frame Probe(Connection connection, ulong id) => Numbered(connection, MessageKind.Probe, id);

    public static Frame Goodbye(Connection connection, ulong id) => Numbered(connection, MessageKind.Goodbye, id);

    public static Frame Gossip(Connection connection, MembershipVersion version) =>
        Numbered(connection, MessageKind.Gossip, (ulong)version.Value);

    public static Frame Leaving(Connection connection) => Numbered(connection, MessageKind.Leaving, 0);

    private static Frame Numbered(Connection connection, MessageKind kind, ulong number)
    {
        var frame = connection.NewFrame();
        var writer = new WireWriter(frame);
        writer.WriteByte((byte)kind);
        writer.WriteFixed64(number);
        writer.Commit();
        return frame;
    }

    private static RequestFlags FlagsOf(GrainCall call)
    {
        var flags = RequestFlags.None;
        if (call.IsOneWay) flags |= RequestFlags.OneWay;
        if (call.IsPlaced) flags |= RequestFlags.Placed;
        if (call.CanBeCancelled) flags |= RequestFlags.Cancellable;
        if (!call.SenderId.IsDefault) flags |= RequestFlags.HasSender;
        if (call.Context is not null)
        {
            flags |= RequestFlags.HasContext;
            if (HintOf(call) is not null) flags |= RequestFlags.HasHint;
        }

        return flags;
    }

    public static SiloAddress? HintOf(GrainCall call) =>
        call.Context?.GetValueOrDefault(IPlacementDirector.PlacementHintKey) as SiloAddress;
}
