namespace Orleans.Serialization.Wire;

/// <summary>How values of one runtime type are written where the variable's type does not tell which it is.</summary>
internal abstract class Codec
{
    private byte[]? _typeName;

    protected Codec(Type type, WireType bodyType)
    {
        Type = type;
        BodyType = bodyType;
        WellKnownCode = WellKnownTypes.CodeOf(type);
    }

    public Type Type { get; }

    /// <summary>The form of the value after its head and its type's name.</summary>
    public WireType BodyType { get; }

    /// <summary>The number that stands for the type's name, or 0.</summary>
    public byte WellKnownCode { get; }

    /// <summary>Whether an object that a message holds twice is one object at the reader too.</summary>
    public virtual bool IsRemembered => false;

    public byte[] TypeName => _typeName ??= TypeNames.Register(this);

    public abstract void WriteBody(ref WireWriter writer, object value);

    /// <summary>Reads what WriteBody wrote. The number is that of a remembered object, or -1.</summary>
    public abstract object ReadBody(ref WireReader reader, int number);

    public void WriteTyped(ref WireWriter writer, object value)
    {
        if (IsRemembered && writer.WriteReference(value)) return;

        writer.WriteByte(WireHead.Of(BodyType, IsRemembered, typed: true));
        writer.WriteType(this);
        WriteBody(ref writer, value);
    }

    /// <summary>Reads the value behind a head byte. Without a type's name it is exactly of this codec's type.</summary>
    public static object ReadValue(ref WireReader reader, byte head, Codec? exact)
    {
        object? known = null;
        var number = (head & WireHead.Remembered) != 0 ? reader.Remember(out known) : -1;
        var codec = (head & WireHead.Typed) != 0 ? reader.ReadType() : exact;
        var body = WireReader.BodyOf(head);
        if (known is not null)
        {
            reader.Skip(body);
            return known;
        }

        if (codec is null) throw WireReader.Corrupt("a value's type is missing");
        if (codec.BodyType != body) throw WireReader.Mismatch(body, codec.Type);

        var value = codec.ReadBody(ref reader, number);
        reader.SetRemembered(number, value);
        return value;
    }
}
