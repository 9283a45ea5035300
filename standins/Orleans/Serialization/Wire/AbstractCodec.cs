namespace Orleans.Serialization.Wire;

/// <summary>Variables of an interface, an abstract class or object, whose values always say what they are.</summary>
internal sealed class AbstractCodec<T>() : ReferenceCodec<T>(WireType.Object)
    where T : class
{
    protected override Codec? Exact => null;

    protected override void WriteValue(ref WireWriter writer, T value) => throw NotFound();

    public override object ReadBody(ref WireReader reader, int number) =>
        throw WireReader.Corrupt($"a value claims to be exactly {typeof(T)}");

    private static CodecNotFoundException NotFound() =>
        new($"Could not find a codec for type {typeof(T)}: only values of types derived from it can be passed to or from a grain.");
}
