using System.Runtime.InteropServices;

namespace Orleans.Serialization.Wire;

internal sealed class ListCodec<T> : CollectionCodec<List<T>, T>
{
    public override bool IsRemembered => HoldsMutable;

    protected override void WriteValue(ref WireWriter writer, List<T> value) =>
        Elements<T>.Write(ref writer, CollectionsMarshal.AsSpan(value));

    public override object ReadBody(ref WireReader reader, int number)
    {
        var count = Elements<T>.ReadStart(ref reader, out var form, out _);
        var list = new List<T>(Elements<T>.CapacityFor(count));
        reader.SetRemembered(number, list);
        reader.Enter();
        var codec = Codec<T>.Instance;
        for (var i = 0; i < count; i++) list.Add(Elements<T>.ReadOne(ref reader, codec, form.Element));
        reader.Leave();
        return list;
    }
}
