namespace Orleans.Serialization.Wire;

internal sealed class MemoryCodec<T>() : Codec<Memory<T>>(WireType.Collection)
{
    public override void Write(ref WireWriter writer, Memory<T> value) => Elements<T>.Write(ref writer, value.Span);

    public override Memory<T> Read(ref WireReader reader) => Elements<T>.Read(ref reader);

    public override void WriteMember(ref WireWriter writer, uint id, Memory<T> value)
    {
        if (!value.IsEmpty) base.WriteMember(ref writer, id, value);
    }
}
