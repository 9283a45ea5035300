namespace Orleans.Serialization.Wire;

/// <summary>
/// What the compiled codecs call for each member. The commonest types have methods of their own, found by the type of
/// the member; the others go through their codec.
/// </summary>
internal static class Members
{
    public static void Write<T>(ref WireWriter writer, uint id, T value)
    {
        if (value is not null) Codec<T>.Instance.WriteMember(ref writer, id, value);
    }

    public static T Read<T>(ref WireReader reader) => Codec<T>.Instance.ReadAs(ref reader, reader.MemberType);

    public static void Write(ref WireWriter writer, uint id, bool value)
    {
        if (value) WriteNumber(ref writer, id, 1);
    }

    public static bool ReadBoolean(ref WireReader reader) =>
        reader.MemberType == WireType.VarInt ? reader.ReadBool() : Read<bool>(ref reader);

    public static void Write(ref WireWriter writer, uint id, int value)
    {
        if (value == 0) return;

        writer.WriteMember(id, WireType.VarInt);
        writer.WriteVarInt(value);
    }

    public static int ReadInt32(ref WireReader reader) =>
        reader.MemberType == WireType.VarInt ? reader.ReadVarInt32() : Read<int>(ref reader);

    public static void Write(ref WireWriter writer, uint id, long value)
    {
        if (value == 0) return;

        writer.WriteMember(id, WireType.VarInt);
        writer.WriteVarInt(value);
    }

    public static long ReadInt64(ref WireReader reader) =>
        reader.MemberType == WireType.VarInt ? reader.ReadVarInt() : Read<long>(ref reader);

    public static void Write(ref WireWriter writer, uint id, uint value)
    {
        if (value != 0) WriteNumber(ref writer, id, value);
    }

    public static uint ReadUInt32(ref WireReader reader) =>
        reader.MemberType == WireType.VarInt ? reader.ReadVarUInt32() : Read<uint>(ref reader);

    public static void Write(ref WireWriter writer, uint id, ulong value)
    {
        if (value != 0) WriteNumber(ref writer, id, value);
    }

    public static ulong ReadUInt64(ref WireReader reader) =>
        reader.MemberType == WireType.VarInt ? reader.ReadVarUInt() : Read<ulong>(ref reader);

    public static void Write(ref WireWriter writer, uint id, string? value)
    {
        if (value is null) return;

        writer.WriteMember(id, WireType.Bytes);
        writer.WriteString(value);
    }

    public static string? ReadString(ref WireReader reader) =>
        reader.MemberType == WireType.Bytes ? reader.ReadString() : Read<string?>(ref reader);

    public static void Write(ref WireWriter writer, uint id, byte[]? value)
    {
        if (value is null) return;

        writer.WriteMember(id, WireType.Bytes);
        writer.WriteBytes(value.AsSpan());
    }

    public static byte[]? ReadBytes(ref WireReader reader) =>
        reader.MemberType == WireType.Bytes ? reader.ReadBytes() : Read<byte[]?>(ref reader);

    public static void Write(ref WireWriter writer, uint id, double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        if (bits == 0) return;

        writer.WriteMember(id, WireType.Fixed64);
        writer.WriteFixed64(bits);
    }

    public static double ReadDouble(ref WireReader reader) =>
        reader.MemberType == WireType.Fixed64 ? BitConverter.UInt64BitsToDouble(reader.ReadFixed64()) : Read<double>(ref reader);

    public static void Write(ref WireWriter writer, uint id, DateTimeOffset value)
    {
        if (value == default && value.Offset == default) return;

        writer.WriteMember(id, WireType.Bytes);
        ElementaryParts.Write(ref writer, value);
    }

    public static DateTimeOffset ReadDateTimeOffset(ref WireReader reader) =>
        reader.MemberType == WireType.Bytes ? ElementaryParts.ReadDateTimeOffset(ref reader) : Read<DateTimeOffset>(ref reader);

    private static void WriteNumber(ref WireWriter writer, uint id, ulong value)
    {
        writer.WriteMember(id, WireType.VarInt);
        writer.WriteVarUInt(value);
    }
}
