namespace Orleans.Serialization.Wire;

/// <summary>A list of the compiler's own, behind an interface; it arrives as an array.</summary>
internal sealed class CollectionExpressionCodec<T>() : Codec(typeof(T[]), WireType.Collection)
{
    public override void WriteBody(ref WireWriter writer, object value) =>
        Elements<T>.Write(ref writer, ((IEnumerable<T>)value).ToArray());

    public override object ReadBody(ref WireReader reader, int number) => Elements<T>.Read(ref reader, out _, number);
}
