namespace Orleans.Serialization.Wire;

internal sealed class ArraySegmentCodec<T>() : Codec<ArraySegment<T>>(WireType.Collection)
{
    public override void Write(ref WireWriter writer, ArraySegment<T> value) => Elements<T>.Write(ref writer, value.AsSpan());

    public override ArraySegment<T> Read(ref WireReader reader) => new(Elements<T>.Read(ref reader));

    public override void WriteMember(ref WireWriter writer, uint id, ArraySegment<T> value)
    {
        if (value.Array is not null) base.WriteMember(ref writer, id, value);
    }
}
