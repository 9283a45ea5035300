namespace Orleans.Serialization.Wire;

internal sealed class ArrayCodec<T> : CollectionCodec<T[], T>
{
    public override bool IsRemembered => HoldsMutable;

    protected override void WriteValue(ref WireWriter writer, T[] value) => Elements<T>.Write(ref writer, value);

    public override object ReadBody(ref WireReader reader, int number) => Elements<T>.Read(ref reader, out _, number);
}
