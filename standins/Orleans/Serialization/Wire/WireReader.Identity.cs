using System.Buffers.Binary;
using System.Net;
using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

internal ref partial struct WireReader
{
    private const int MaxIdentityLength = 64;

    public IdSpan ReadIdSpan() => ReadBytes() is { Length: > 0 } bytes ? new IdSpan(bytes) : default;

    public GrainType ReadGrainType() => new(ReadKnownSpan());

    public GrainInterfaceType ReadGrainInterfaceType() => new(ReadKnownSpan());

    public GrainId ReadGrainId()
    {
        var end = ReadLength() + Position;
        var type = ReadGrainType();
        var keyLength = end - Position;
        if (keyLength < 0) throw Corrupt("a grain id is shorter than its type");
        if (keyLength == 0) return type.IsDefault ? default : new GrainId(type, default);

        var key = new byte[keyLength];
        ReadRaw(key);
        return new GrainId(type, new IdSpan(key));
    }

    public ActivationId ReadActivationId() => new(ElementaryParts.ReadGuid(ref this));

    public SiloAddress? ReadSiloAddress()
    {
        var bytes = ReadIdentity();
        if (bytes.IsEmpty) return null;

        var endpoint = TakeEndPoint(ref bytes);
        return bytes.Length == sizeof(int)
            ? SiloAddress.New(endpoint, BinaryPrimitives.ReadInt32LittleEndian(bytes))
            : throw Corrupt("a silo address has no form");
    }

    public GrainAddress? ReadGrainAddress() => Codec<GrainAddress?>.Instance.Read(ref this);

    public IPAddress? ReadAddress()
    {
        var bytes = ReadIdentity();
        if (bytes.IsEmpty) return null;

        var address = TakeAddress(ref bytes);
        return bytes.IsEmpty ? address : throw Corrupt("an IP address has no form");
    }

    public IPEndPoint? ReadEndPoint()
    {
        var bytes = ReadIdentity();
        if (bytes.IsEmpty) return null;

        var endpoint = TakeEndPoint(ref bytes);
        return bytes.IsEmpty ? endpoint : throw Corrupt("an IP endpoint has no form");
    }

    // Types of grains and interfaces are few, and come with every call.
    private IdSpan ReadKnownSpan()
    {
        var length = ReadLength();
        return length > 0 ? KnownSpans.Of(ReadSpan(length)) : default;
    }

    private ReadOnlySpan<byte> ReadIdentity()
    {
        var length = ReadLength();
        return length <= MaxIdentityLength ? ReadSpan(Math.Max(length, 0)) : throw Corrupt("an address is too long");
    }

    private static IPEndPoint TakeEndPoint(ref ReadOnlySpan<byte> bytes)
    {
        var address = TakeAddress(ref bytes);
        if (bytes.Length < sizeof(ushort)) throw Corrupt("an IP endpoint has no form");

        var port = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        bytes = bytes[sizeof(ushort)..];
        return new IPEndPoint(address, port);
    }

    private static IPAddress TakeAddress(ref ReadOnlySpan<byte> bytes)
    {
        const int Version4 = 4;
        const int Version6 = 16;
        var length = bytes[0];
        if (length == Version4 && bytes.Length > Version4)
        {
            var address = new IPAddress(bytes.Slice(1, Version4));
            bytes = bytes[(1 + Version4)..];
            return address;
        }

        if (length != Version6 || bytes.Length < 1 + Version6 + sizeof(uint)) throw Corrupt("an IP address has no form");

        var scope = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(1 + Version6)..]);
        var scoped = new IPAddress(bytes.Slice(1, Version6), scope);
        bytes = bytes[(1 + Version6 + sizeof(uint))..];
        return scoped;
    }
}
