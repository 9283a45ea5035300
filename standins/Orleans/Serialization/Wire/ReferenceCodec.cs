using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>Variables of a reference type: null, an object met before, one of exactly this type, or one of another.</summary>
internal abstract class ReferenceCodec<T>(WireType bodyType) : Codec<T>(WireType.Extended, bodyType)
    where T : class
{
    // A variable of type object[] may hold a string[], although array types are sealed.
    private static readonly bool IsExact =
        typeof(T).IsSealed && (!typeof(T).IsArray || typeof(T).GetElementType()!.IsValueType);

    public sealed override void Write(ref WireWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteByte(WireHead.Null);
        }
        else if (IsExact || value.GetType() == typeof(T))
        {
            if (IsRemembered && writer.WriteReference(value)) return;

            writer.WriteByte(WireHead.Of(BodyType, IsRemembered, typed: false));
            WriteValue(ref writer, value);
        }
        else
        {
            Codecs.OfValue(value).WriteTyped(ref writer, value);
        }
    }

    public sealed override T Read(ref WireReader reader)
    {
        var head = reader.ReadByte();
        var value = WireHead.KindOf(head) switch
        {
            WireHead.Null => null,
            WireHead.Reference => reader.ReadReference<T>(),
            WireHead.Value => ReadValue(ref reader, head, Exact),
            _ => throw WireReader.Corrupt("a value is neither null, a reference nor an object")
        };
        return value switch
        {
            null => null!,
            T expected => expected,
            GrainReference reference when typeof(T).IsInterface => (T)reader.References!.Cast(reference, typeof(T)),
            _ => throw WireReader.Corrupt($"a {value.GetType()} stands where {typeof(T)} belongs")
        };
    }

    public override T ReadAs(ref WireReader reader, WireType type) =>
        type == WireType.Extended ? Read(ref reader) : throw WireReader.Mismatch(type, typeof(T));

    /// <summary>The codec of values without a type's name; null where there can be none.</summary>
    protected virtual Codec? Exact => this;

    protected abstract void WriteValue(ref WireWriter writer, T value);

    public override void WriteBody(ref WireWriter writer, object value) => WriteValue(ref writer, (T)value);
}
