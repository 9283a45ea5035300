using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orleans.Serialization.Wire;

internal delegate void ValueWriter<T>(ref WireWriter writer, T value);

internal delegate T ValueReader<T>(ref WireReader reader);

/// <summary>A value that has no parts: a number, a text, an id.</summary>
internal sealed class ElementaryCodec<T>(WireType wireType, ValueWriter<T> write, ValueReader<T> read) : Codec<T>(wireType)
{
    public override void Write(ref WireWriter writer, T value) => write(ref writer, value);

    public override T Read(ref WireReader reader) => read(ref reader);

    public override void WriteMember(ref WireWriter writer, uint id, T value)
    {
        if (!IsDefault(ref value)) base.WriteMember(ref writer, id, value);
    }

    // By its bits, so that -0.0 and 0.00m are not taken for 0.
    private static bool IsDefault(ref T value) =>
        RuntimeHelpers.IsReferenceOrContainsReferences<T>()
            ? EqualityComparer<T>.Default.Equals(value, default)
            : !MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>()).ContainsAnyExcept((byte)0);
}
