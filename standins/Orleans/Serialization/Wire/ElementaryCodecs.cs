using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using Orleans.Calls;
using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>The codecs of the types that have no parts; nothing else holds them together.</summary>
internal static class ElementaryCodecs
{
    private static readonly Dictionary<Type, Codec> ByType = new Codec[]
    {
        VarInt((ref WireWriter writer, bool value) => writer.WriteBool(value), (ref WireReader reader) => reader.ReadBool()),
        VarInt((ref WireWriter writer, byte value) => writer.WriteVarUInt(value), (ref WireReader reader) => Narrow<byte>(reader.ReadVarUInt())),
        VarInt((ref WireWriter writer, sbyte value) => writer.WriteVarInt(value), (ref WireReader reader) => Narrow<sbyte>(reader.ReadVarInt())),
        VarInt((ref WireWriter writer, short value) => writer.WriteVarInt(value), (ref WireReader reader) => Narrow<short>(reader.ReadVarInt())),
        VarInt((ref WireWriter writer, ushort value) => writer.WriteVarUInt(value), (ref WireReader reader) => Narrow<ushort>(reader.ReadVarUInt())),
        VarInt((ref WireWriter writer, int value) => writer.WriteVarInt(value), (ref WireReader reader) => reader.ReadVarInt32()),
        VarInt((ref WireWriter writer, uint value) => writer.WriteVarUInt(value), (ref WireReader reader) => reader.ReadVarUInt32()),
        VarInt((ref WireWriter writer, long value) => writer.WriteVarInt(value), (ref WireReader reader) => reader.ReadVarInt()),
        VarInt((ref WireWriter writer, ulong value) => writer.WriteVarUInt(value), (ref WireReader reader) => reader.ReadVarUInt()),
        VarInt((ref WireWriter writer, nint value) => writer.WriteVarInt(value), (ref WireReader reader) => Narrow<nint>(reader.ReadVarInt())),
        VarInt((ref WireWriter writer, nuint value) => writer.WriteVarUInt(value), (ref WireReader reader) => Narrow<nuint>(reader.ReadVarUInt())),
        VarInt((ref WireWriter writer, char value) => writer.WriteVarUInt(value), (ref WireReader reader) => (char)Narrow<ushort>(reader.ReadVarUInt())),
        VarInt((ref WireWriter writer, Rune value) => writer.WriteVarUInt((uint)value.Value), (ref WireReader reader) => ElementaryParts.ReadRune(ref reader)),
        VarInt((ref WireWriter writer, Half value) => writer.WriteVarUInt(BitConverter.HalfToUInt16Bits(value)), (ref WireReader reader) => BitConverter.UInt16BitsToHalf(Narrow<ushort>(reader.ReadVarUInt()))),
        VarInt((ref WireWriter writer, TimeSpan value) => writer.WriteVarInt(value.Ticks), (ref WireReader reader) => new TimeSpan(reader.ReadVarInt())),
        VarInt((ref WireWriter writer, DateOnly value) => writer.WriteVarUInt((uint)value.DayNumber), (ref WireReader reader) => ElementaryParts.ReadDateOnly(ref reader)),
        VarInt((ref WireWriter writer, TimeOnly value) => writer.WriteVarUInt((ulong)value.Ticks), (ref WireReader reader) => ElementaryParts.ReadTimeOnly(ref reader)),
        VarInt((ref WireWriter writer, Index value) => writer.WriteVarInt(ElementaryParts.NumberOf(value)), (ref WireReader reader) => ElementaryParts.IndexOf(reader.ReadVarInt32())),
        VarInt((ref WireWriter writer, Nothing _) => writer.WriteByte(0), (ref WireReader reader) => ElementaryParts.ReadNothing<Nothing>(ref reader, default)),
        VarInt((ref WireWriter writer, DBNull _) => writer.WriteByte(0), (ref WireReader reader) => ElementaryParts.ReadNothing(ref reader, DBNull.Value)),
        // A token does not cross; the call has one of its own at the other side.
        VarInt((ref WireWriter writer, CancellationToken _) => writer.WriteByte(0), (ref WireReader reader) => ElementaryParts.ReadNothing<CancellationToken>(ref reader, default)),
        new ElementaryCodec<float>(WireType.Fixed32, (ref WireWriter writer, float value) => writer.WriteFixed32(BitConverter.SingleToUInt32Bits(value)), (ref WireReader reader) => BitConverter.UInt32BitsToSingle(reader.ReadFixed32())),
        new ElementaryCodec<double>(WireType.Fixed64, (ref WireWriter writer, double value) => writer.WriteFixed64(BitConverter.DoubleToUInt64Bits(value)), (ref WireReader reader) => BitConverter.UInt64BitsToDouble(reader.ReadFixed64())),
        new ElementaryCodec<DateTime>(WireType.Fixed64, ElementaryParts.Write, ElementaryParts.ReadDateTime),
        Bytes((ref WireWriter writer, string value) => writer.WriteString(value), (ref WireReader reader) => reader.ReadString()!),
        Bytes((ref WireWriter writer, byte[] value) => writer.WriteBytes(value), (ref WireReader reader) => reader.ReadBytes()!),
        Bytes((ref WireWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBytes(value.Span), (ref WireReader reader) => reader.ReadBytes()),
        Bytes((ref WireWriter writer, Memory<byte> value) => writer.WriteBytes(value.Span), (ref WireReader reader) => reader.ReadBytes()),
        Bytes<Guid>(ElementaryParts.Write, ElementaryParts.ReadGuid),
        Bytes<decimal>(ElementaryParts.Write, ElementaryParts.ReadDecimal),
        Bytes<Int128>(ElementaryParts.Write, ElementaryParts.ReadInt128),
        Bytes<UInt128>(ElementaryParts.Write, ElementaryParts.ReadUInt128),
        Bytes<DateTimeOffset>(ElementaryParts.Write, ElementaryParts.ReadDateTimeOffset),
        Bytes<Complex>(ElementaryParts.Write, ElementaryParts.ReadComplex),
        Bytes<Range>(ElementaryParts.Write, ElementaryParts.ReadRange),
        Bytes((ref WireWriter writer, BigInteger value) => writer.WriteBytes(value.ToByteArray()), (ref WireReader reader) => new BigInteger(reader.ReadBytes() ?? [])),
        Bytes((ref WireWriter writer, Uri value) => writer.WriteString(value?.OriginalString), ElementaryParts.ReadUri),
        Bytes((ref WireWriter writer, Version value) => writer.WriteString(value?.ToString()), ElementaryParts.ReadVersion),
        Bytes((ref WireWriter writer, CultureInfo value) => writer.WriteString(value?.Name), ElementaryParts.ReadCulture),
        Bytes((ref WireWriter writer, Type value) => writer.WriteBytes(value is null ? null : TypeNames.BytesOf(value)), ElementaryParts.ReadType),
        Bytes((ref WireWriter writer, IPAddress value) => writer.WriteAddress(value), (ref WireReader reader) => reader.ReadAddress()!),
        Bytes((ref WireWriter writer, IPEndPoint value) => writer.WriteEndPoint(value), (ref WireReader reader) => reader.ReadEndPoint()!),
        Bytes((ref WireWriter writer, IdSpan value) => writer.WriteIdSpan(value), (ref WireReader reader) => reader.ReadIdSpan()),
        Bytes((ref WireWriter writer, GrainType value) => writer.WriteGrainType(value), (ref WireReader reader) => reader.ReadGrainType()),
        Bytes((ref WireWriter writer, GrainInterfaceType value) => writer.WriteGrainInterfaceType(value), (ref WireReader reader) => reader.ReadGrainInterfaceType()),
        Bytes((ref WireWriter writer, GrainId value) => writer.WriteGrainId(value), (ref WireReader reader) => reader.ReadGrainId()),
        Bytes((ref WireWriter writer, ActivationId value) => writer.WriteActivationId(value), (ref WireReader reader) => reader.ReadActivationId()),
        Bytes((ref WireWriter writer, SiloAddress value) => writer.WriteSiloAddress(value), (ref WireReader reader) => reader.ReadSiloAddress()!)
    }.ToDictionary(codec => codec.Type);

    // Types with subclasses of .NET's own, such as that of IPAddress.Loopback.
    private static readonly Type[] Open = [typeof(Type), typeof(CultureInfo), typeof(IPAddress)];

    public static Codec? Find(Type type) =>
        ByType.GetValueOrDefault(Array.Find(Open, parent => parent.IsAssignableFrom(type)) ?? type);

    private static ElementaryCodec<T> VarInt<T>(ValueWriter<T> write, ValueReader<T> read) => new(WireType.VarInt, write, read);

    private static ElementaryCodec<T> Bytes<T>(ValueWriter<T> write, ValueReader<T> read) => new(WireType.Bytes, write, read);

    private static T Narrow<T>(ulong value) where T : INumberBase<T>, IMinMaxValue<T> =>
        value <= ulong.CreateTruncating(T.MaxValue) ? T.CreateTruncating(value) : throw WireReader.Corrupt($"a number does not fit {typeof(T)}");

    private static T Narrow<T>(long value) where T : INumberBase<T>, IMinMaxValue<T> =>
        value >= long.CreateTruncating(T.MinValue) && value <= long.CreateTruncating(T.MaxValue)
            ? T.CreateTruncating(value)
            : throw WireReader.Corrupt($"a number does not fit {typeof(T)}");
}
