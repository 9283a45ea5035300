using Orleans.Runtime;
using Orleans.Serialization.Wire;

namespace Orleans.Messaging;

/// <summary>What precedes a call's answer.</summary>
internal readonly struct ReplyHeader(ReplyStatus status, ulong id, bool isHere = false, SiloAddress? location = null)
{
    private const byte HereFlag = 0x10;
    private const byte LocationFlag = 0x20;
    private const byte StatusMask = 0x0f;

    public ReplyStatus Status { get; } = status;

    /// <summary>The number of the call on this connection.</summary>
    public ulong Id { get; } = id;

    /// <summary>The grain is active at the sender, and later calls may go there.</summary>
    public bool IsHere { get; } = isHere;

    /// <summary>Where the grain is active, if not at the sender; for a client, that silo's gateway.</summary>
    public SiloAddress? Location { get; } = location;

    public void Write(ref WireWriter writer)
    {
        writer.WriteByte((byte)MessageKind.Reply);
        writer.WriteByte((byte)((byte)Status | (IsHere ? HereFlag : 0) | (Location is null ? 0 : LocationFlag)));
        writer.WriteFixed64(Id);
        if (Location is not null) writer.WriteSiloAddress(Location);
    }

    public static ReplyHeader Read(ref WireReader reader)
    {
        var first = reader.ReadByte();
        var id = reader.ReadFixed64();
        return new ReplyHeader(
            (ReplyStatus)(first & StatusMask), id, (first & HereFlag) != 0,
            (first & LocationFlag) != 0 ? reader.ReadSiloAddress() : null);
    }
}
