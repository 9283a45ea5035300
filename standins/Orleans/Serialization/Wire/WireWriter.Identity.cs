using System.Net;
using System.Net.Sockets;
using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>The ids of grains and silos; each is one Bytes value, so that it can be passed over as such.</summary>
internal ref partial struct WireWriter
{
    // An address of 16 bytes with its length and zone, a port, a generation.
    private const int MaxSiloAddressLength = 1 + 16 + MaxVarIntLength + sizeof(ushort) + sizeof(int);

    public void WriteIdSpan(IdSpan value) => WriteBytes(value.AsSpan());

    public void WriteGrainType(GrainType value) => WriteIdSpan(value.Value);

    public void WriteGrainInterfaceType(GrainInterfaceType value) => WriteIdSpan(value.Value);

    public void WriteGrainId(GrainId value)
    {
        var type = value.Type.AsSpan();
        var key = value.Key.AsSpan();
        WriteLength(VarUIntLength((ulong)type.Length + 1) + type.Length + key.Length);
        WriteBytes(type);
        WriteRaw(key);
    }

    public void WriteActivationId(ActivationId value)
    {
        WriteLength(16);
        WriteGuid(value.Key);
    }

    public void WriteSiloAddress(SiloAddress? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        Span<byte> bytes = stackalloc byte[MaxSiloAddressLength];
        var length = PutEndPoint(bytes, value.Endpoint);
        BitConverter.TryWriteBytes(bytes[length..], value.Generation);
        WriteBytes(bytes[..(length + sizeof(int))]);
    }

    public void WriteGrainAddress(GrainAddress? value) => Codec<GrainAddress?>.Instance.Write(ref this, value);

    public void WriteAddress(IPAddress? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        Span<byte> bytes = stackalloc byte[MaxSiloAddressLength];
        WriteBytes(bytes[..PutAddress(bytes, value)]);
    }

    public void WriteEndPoint(IPEndPoint? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        Span<byte> bytes = stackalloc byte[MaxSiloAddressLength];
        WriteBytes(bytes[..PutEndPoint(bytes, value)]);
    }

    private static int PutEndPoint(Span<byte> bytes, IPEndPoint value)
    {
        var length = PutAddress(bytes, value.Address);
        BitConverter.TryWriteBytes(bytes[length..], (ushort)value.Port);
        return length + sizeof(ushort);
    }

    private static int PutAddress(Span<byte> bytes, IPAddress value)
    {
        value.TryWriteBytes(bytes[1..], out var length);
        bytes[0] = (byte)length;
        if (value.AddressFamily != AddressFamily.InterNetworkV6) return 1 + length;

        BitConverter.TryWriteBytes(bytes[(1 + length)..], (uint)value.ScopeId);
        return 1 + length + sizeof(uint);
    }

    private static int VarUIntLength(ulong value)
    {
        var length = 1;
        while ((value >>= 7) != 0) length++;
        return length;
    }
}
