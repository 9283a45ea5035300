using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Orleans.Serialization.Wire;

/// <summary>An absent member is an empty array; the one without an array, which throws when it is used, is written as null.</summary>
internal sealed class ImmutableArrayCodec<T>() : Codec<ImmutableArray<T>>(WireType.Extended, WireType.Collection)
{
    public override void Write(ref WireWriter writer, ImmutableArray<T> value)
    {
        if (value.IsDefault)
        {
            writer.WriteByte(WireHead.Null);
            return;
        }

        writer.WriteByte(WireHead.Of(WireType.Collection, remembered: false, typed: false));
        Elements<T>.Write(ref writer, value.AsSpan());
    }

    public override void WriteMember(ref WireWriter writer, uint id, ImmutableArray<T> value)
    {
        if (value.IsDefault || value.Length > 0) base.WriteMember(ref writer, id, value);
    }

    public override ImmutableArray<T> Read(ref WireReader reader)
    {
        var head = reader.ReadByte();
        return WireHead.KindOf(head) switch
        {
            WireHead.Null => default,
            WireHead.Value when ReadValue(ref reader, head, this) is ImmutableArray<T> value => value,
            _ => throw WireReader.Mismatch(WireType.Extended, typeof(ImmutableArray<T>))
        };
    }

    public override void WriteBody(ref WireWriter writer, object value)
    {
        var array = (ImmutableArray<T>)value;
        Elements<T>.Write(ref writer, array.IsDefault ? [] : array.AsSpan());
    }

    public override object ReadBody(ref WireReader reader, int number) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Elements<T>.Read(ref reader));
}
