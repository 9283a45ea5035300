namespace Orleans.Serialization.Wire;

/// <summary>Variables of one type of exceptions; values say that they are exceptions, and then of which type.</summary>
internal sealed class DerivedExceptionCodec<T>() : Codec<T>(WireType.Extended, WireType.Object)
    where T : Exception
{
    public override void Write(ref WireWriter writer, T value) => Codec<Exception?>.Instance.Write(ref writer, value);

    public override T Read(ref WireReader reader) => Codec<Exception?>.Instance.Read(ref reader) switch
    {
        null => null!,
        T expected => expected,
        var other => throw WireReader.Corrupt($"a {other.GetType()} stands where {typeof(T)} belongs")
    };

    public override void WriteBody(ref WireWriter writer, object value) => WireExceptions.WriteMembers(ref writer, (Exception)value);

    public override object ReadBody(ref WireReader reader, int number) => WireExceptions.ReadMembers(ref reader);
}
