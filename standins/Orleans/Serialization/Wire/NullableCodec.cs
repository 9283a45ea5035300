namespace Orleans.Serialization.Wire;

internal sealed class NullableCodec<T>() : Codec<T?>(WireType.Extended)
    where T : struct
{
    private readonly Codec<T> _inner = Codec<T>.Instance;

    public override void Write(ref WireWriter writer, T? value)
    {
        if (value is not { } inner)
        {
            writer.WriteByte(WireHead.Null);
            return;
        }

        writer.WriteByte(WireHead.Of(_inner.WireType, remembered: false, typed: false));
        _inner.Write(ref writer, inner);
    }

    // As a member it is written like the value itself, so that a member may become nullable, or cease to be.
    public override void WriteMember(ref WireWriter writer, uint id, T? value)
    {
        if (value is not { } inner) return;

        writer.WriteMember(id, _inner.WireType);
        _inner.Write(ref writer, inner);
    }

    public override T? Read(ref WireReader reader)
    {
        var head = reader.ReadByte();
        return WireHead.KindOf(head) switch
        {
            WireHead.Null => null,
            WireHead.Value when (head & (WireHead.Typed | WireHead.Remembered)) == 0 => _inner.ReadAs(ref reader, WireReader.BodyOf(head)),
            WireHead.Value when ReadValue(ref reader, head, _inner) is T value => value,
            _ => throw WireReader.Mismatch(WireType.Extended, typeof(T?))
        };
    }

    public override T? ReadAs(ref WireReader reader, WireType type) =>
        type == WireType.Extended ? Read(ref reader) : _inner.ReadAs(ref reader, type);
}
