using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>
/// What precedes a call's arguments. The first part belongs to one hop, and a relay writes it anew; the rest, from the
/// target on, is passed on as it came, so that a relay need not know what the call is about.
/// </summary>
internal struct RequestHeader
{
    public RequestFlags Flags;

    /// <summary>How many silos have passed the call on.</summary>
    public byte Hops;

    /// <summary>The call's number on this connection; 0 for a one-way call.</summary>
    public ulong Id;

    /// <summary>How many milliseconds the caller still waits; 0 for any time.</summary>
    public uint PatienceMs;

    public GrainId Target;

    public GrainId Sender;

    /// <summary>Where to activate the grain if it is active nowhere.</summary>
    public SiloAddress? Hint;

    public readonly bool Has(RequestFlags flag) => (Flags & flag) != 0;

    public readonly void WriteHop(ref WireWriter writer)
    {
        writer.WriteByte((byte)MessageKind.Request);
        writer.WriteByte((byte)Flags);
        writer.WriteByte(Hops);
        if (!Has(RequestFlags.OneWay)) writer.WriteFixed64(Id);
        writer.WriteVarUInt(PatienceMs);
    }

    public readonly void WriteRest(ref WireWriter writer)
    {
        writer.WriteGrainId(Target);
        if (Has(RequestFlags.HasSender)) writer.WriteGrainId(Sender);
        if (Has(RequestFlags.HasHint)) writer.WriteSiloAddress(Hint);
    }

    /// <summary>Reads what follows the kind, and says where the part that relays pass on begins.</summary>
    public static RequestHeader Read(ref WireReader reader, out long restStart)
    {
        var header = new RequestHeader { Flags = (RequestFlags)reader.ReadByte(), Hops = reader.ReadByte() };
        if (!header.Has(RequestFlags.OneWay)) header.Id = reader.ReadFixed64();
        header.PatienceMs = reader.ReadVarUInt32();
        restStart = reader.Position;
        header.ReadRest(ref reader);
        return header;
    }

    public void ReadRest(ref WireReader reader)
    {
        Target = reader.ReadGrainId();
        if (Has(RequestFlags.HasSender)) Sender = reader.ReadGrainId();
        if (Has(RequestFlags.HasHint)) Hint = reader.ReadSiloAddress();
    }
}
