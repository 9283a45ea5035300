using System.Runtime.CompilerServices;

namespace Orleans.Serialization.Wire;

/// <summary>The elements of a collection of T.</summary>
internal static class Elements<T>
{
    // Arrays of references or small numbers take at most a few times the bytes that the count was checked against.
    private static readonly bool IsSmall = !typeof(T).IsValueType || Unsafe.SizeOf<T>() <= 8;

    public static void Write(ref WireWriter writer, ReadOnlySpan<T> values)
    {
        writer.Enter();
        var codec = Codec<T>.Instance;
        writer.WriteVarUInt((ulong)values.Length);
        writer.WriteByte(CollectionForm.Of(codec.WireType).Code);
        foreach (var value in values) codec.Write(ref writer, value);
        writer.Leave();
    }

    public static void Write(ref WireWriter writer, int count, IEnumerable<T> values, byte comparer)
    {
        writer.Enter();
        var codec = Codec<T>.Instance;
        writer.WriteVarUInt((ulong)count);
        writer.WriteByte(CollectionForm.Of(codec.WireType, comparer != WireComparers.Default).Code);
        if (comparer != WireComparers.Default) writer.WriteByte(comparer);
        foreach (var value in values) codec.Write(ref writer, value);
        writer.Leave();
    }

    public static int ReadStart(ref WireReader reader, out CollectionForm form, out byte comparer)
    {
        var count = reader.ReadCount();
        form = new CollectionForm(reader.ReadByte());
        if (form.IsPairs) throw WireReader.Mismatch(WireType.Collection, typeof(T));
        comparer = form.HasComparer ? reader.ReadByte() : WireComparers.Default;
        return count;
    }

    public static int CapacityFor(int count) => IsSmall ? count : Math.Min(count, WireLimits.MaxTrustedCount);

    public static T ReadOne(ref WireReader reader, Codec<T> codec, WireType type) =>
        type == codec.WireType ? codec.Read(ref reader) : codec.ReadAs(ref reader, type);

    public static T[] Read(ref WireReader reader, out byte comparer, int number = -1)
    {
        var count = ReadStart(ref reader, out var form, out comparer);
        reader.Enter();
        var codec = Codec<T>.Instance;
        var values = new T[CapacityFor(count)];
        reader.SetRemembered(number, values);
        for (var i = 0; i < count; i++)
        {
            if (i == values.Length) Array.Resize(ref values, Math.Min(count, values.Length * 2));
            values[i] = ReadOne(ref reader, codec, form.Element);
        }

        reader.Leave();
        return values;
    }

    public static T[] Read(ref WireReader reader) => Read(ref reader, out _);
}
