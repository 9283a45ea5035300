namespace Orleans.Serialization.Wire;

internal sealed class ReadOnlyMemoryCodec<T>() : Codec<ReadOnlyMemory<T>>(WireType.Collection)
{
    public override void Write(ref WireWriter writer, ReadOnlyMemory<T> value) => Elements<T>.Write(ref writer, value.Span);

    public override ReadOnlyMemory<T> Read(ref WireReader reader) => Elements<T>.Read(ref reader);

    public override void WriteMember(ref WireWriter writer, uint id, ReadOnlyMemory<T> value)
    {
        if (!value.IsEmpty) base.WriteMember(ref writer, id, value);
    }
}
