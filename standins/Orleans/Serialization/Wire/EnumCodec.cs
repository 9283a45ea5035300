using System.Runtime.CompilerServices;

namespace Orleans.Serialization.Wire;

/// <summary>An enum as its number, whether or not this side has a name for it.</summary>
internal sealed class EnumCodec<T, TNumber>() : Codec<T>(WireType.VarInt)
    where T : struct, Enum
    where TNumber : struct
{
    private readonly Codec<TNumber> _number = Codec<TNumber>.Instance;

    public override void Write(ref WireWriter writer, T value) => _number.Write(ref writer, Unsafe.As<T, TNumber>(ref value));

    public override T Read(ref WireReader reader)
    {
        var number = _number.Read(ref reader);
        return Unsafe.As<TNumber, T>(ref number);
    }

    public override void WriteMember(ref WireWriter writer, uint id, T value)
    {
        if (!EqualityComparer<T>.Default.Equals(value, default)) base.WriteMember(ref writer, id, value);
    }
}
