using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Orleans.Serialization.Wire;

/// <summary>Values whose bytes need a look before they are believed.</summary>
internal static partial class ElementaryParts
{
    private const int GuidLength = 16;
    private const int Int128Length = 16;
    private const int DateTimeOffsetLength = sizeof(long) + sizeof(short);
    private const int KindShift = 62;
    private const long MaxOffsetTicks = 14 * TimeSpan.TicksPerHour;

    public static void Write(ref WireWriter writer, DateTime value) =>
        writer.WriteFixed64((ulong)value.Ticks | ((ulong)value.Kind << KindShift));

    public static DateTime ReadDateTime(ref WireReader reader)
    {
        var value = reader.ReadFixed64();
        var kind = (DateTimeKind)(value >> KindShift);
        var ticks = (long)(value & ((1UL << KindShift) - 1));
        return ticks <= DateTime.MaxValue.Ticks && kind <= DateTimeKind.Local
            ? new DateTime(ticks, kind)
            : throw WireReader.Corrupt("a date is out of range");
    }

    public static void Write(ref WireWriter writer, DateTimeOffset value)
    {
        writer.WriteLength(DateTimeOffsetLength);
        writer.WriteFixed64((ulong)value.Ticks);
        writer.WriteFixed16((ushort)(short)value.TotalOffsetMinutes);
    }

    public static DateTimeOffset ReadDateTimeOffset(ref WireReader reader)
    {
        if (reader.ReadLength() != DateTimeOffsetLength) throw WireReader.Corrupt("a date has no 10 bytes");

        var ticks = (long)reader.ReadFixed64();
        var offset = (short)reader.ReadFixed16() * TimeSpan.TicksPerMinute;
        var isInRange = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            && ticks - offset >= 0 && ticks - offset <= DateTime.MaxValue.Ticks && Math.Abs(offset) <= MaxOffsetTicks;
        return isInRange ? new DateTimeOffset(ticks, new TimeSpan(offset)) : throw WireReader.Corrupt("a date is out of range");
    }

    public static void Write(ref WireWriter writer, Guid value)
    {
        writer.WriteLength(GuidLength);
        writer.WriteGuid(value);
    }

    public static Guid ReadGuid(ref WireReader reader) =>
        reader.ReadLength() == GuidLength ? reader.ReadGuid() : throw WireReader.Corrupt("a Guid has no 16 bytes");

    public static void Write(ref WireWriter writer, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        writer.WriteLength(sizeof(decimal));
        foreach (var part in parts) writer.WriteFixed32((uint)part);
    }

    public static decimal ReadDecimal(ref WireReader reader)
    {
        if (reader.ReadLength() != sizeof(decimal)) throw WireReader.Corrupt("a decimal has no 16 bytes");

        Span<int> parts = stackalloc int[4];
        foreach (ref var part in parts) part = (int)reader.ReadFixed32();
        try
        {
            return new decimal(parts);
        }
        catch (ArgumentException)
        {
            throw WireReader.Corrupt("a decimal is out of range");
        }
    }

    public static void Write(ref WireWriter writer, Int128 value) => Write(ref writer, (UInt128)value);

    public static Int128 ReadInt128(ref WireReader reader) => (Int128)ReadUInt128(ref reader);

    public static void Write(ref WireWriter writer, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[Int128Length];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        writer.WriteBytes(bytes);
    }

    public static UInt128 ReadUInt128(ref WireReader reader)
    {
        Span<byte> bytes = stackalloc byte[Int128Length];
        ReadExactly(ref reader, bytes);
        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }

    public static void Write(ref WireWriter writer, Complex value)
    {
        writer.WriteLength(2 * sizeof(double));
        writer.WriteFixed64(BitConverter.DoubleToUInt64Bits(value.Real));
        writer.WriteFixed64(BitConverter.DoubleToUInt64Bits(value.Imaginary));
    }

    public static Complex ReadComplex(ref WireReader reader)
    {
        Span<double> parts = stackalloc double[2];
        ReadExactly(ref reader, MemoryMarshal.AsBytes(parts));
        return new Complex(parts[0], parts[1]);
    }

    public static void Write(ref WireWriter writer, Range value)
    {
        writer.WriteLength(2 * sizeof(uint));
        writer.WriteFixed32((uint)NumberOf(value.Start));
        writer.WriteFixed32((uint)NumberOf(value.End));
    }

    public static Range ReadRange(ref WireReader reader) =>
        reader.ReadLength() == 2 * sizeof(uint)
            ? new Range(IndexOf((int)reader.ReadFixed32()), IndexOf((int)reader.ReadFixed32()))
            : throw WireReader.Corrupt("a range has no 8 bytes");

    public static int NumberOf(Index value) => value.IsFromEnd ? ~value.Value : value.Value;

    public static Index IndexOf(int number) => number < 0 ? new Index(~number, fromEnd: true) : new Index(number);

    public static Rune ReadRune(ref WireReader reader) =>
        Rune.TryCreate(reader.ReadVarUInt32(), out var value) ? value : throw WireReader.Corrupt("a rune is out of range");

    public static DateOnly ReadDateOnly(ref WireReader reader)
    {
        var day = reader.ReadVarUInt();
        return day <= (ulong)DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)day) : throw WireReader.Corrupt("a date is out of range");
    }

    public static TimeOnly ReadTimeOnly(ref WireReader reader)
    {
        var ticks = reader.ReadVarUInt();
        return ticks <= (ulong)TimeOnly.MaxValue.Ticks ? new TimeOnly((long)ticks) : throw WireReader.Corrupt("a time is out of range");
    }

    public static T ReadNothing<T>(ref WireReader reader, T value)
    {
        reader.Skip(WireType.VarInt);
        return value;
    }

    private static void ReadExactly(ref WireReader reader, scoped Span<byte> bytes)
    {
        if (reader.ReadLength() != bytes.Length) throw WireReader.Corrupt($"a value has no {bytes.Length} bytes");
        reader.ReadRaw(bytes);
    }
}
