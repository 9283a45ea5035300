namespace Orleans.Serialization.Wire;

/// <summary>How variables of one static type are written: as members, elements, arguments and results.</summary>
internal abstract class Codec<T> : Codec
{
    private static Codec<T>? s_instance;

    protected Codec(WireType wireType) : this(wireType, wireType)
    {
    }

    protected Codec(WireType wireType, WireType bodyType) : base(typeof(T), bodyType) => WireType = wireType;

    /// <summary>Found with the first use; a type that has no codec throws each time.</summary>
    public static Codec<T> Instance => s_instance ??= (Codec<T>)Codecs.Of(typeof(T));

    /// <summary>The form in which Write writes.</summary>
    public WireType WireType { get; }

    public abstract void Write(ref WireWriter writer, T value);

    public abstract T Read(ref WireReader reader);

    /// <summary>Writes a member, or nothing where the reader would have the same without it.</summary>
    public virtual void WriteMember(ref WireWriter writer, uint id, T value)
    {
        writer.WriteMember(id, WireType);
        Write(ref writer, value);
    }

    /// <summary>Reads a value that another version may have written in another form.</summary>
    public virtual T ReadAs(ref WireReader reader, WireType type)
    {
        if (type == WireType) return Read(ref reader);
        if (type != WireType.Extended) throw WireReader.Mismatch(type, typeof(T));

        var head = reader.ReadByte();
        return WireHead.KindOf(head) switch
        {
            WireHead.Null => default!,
            WireHead.Value when ReadValue(ref reader, head, this) is T value => value,
            _ => throw WireReader.Mismatch(type, typeof(T))
        };
    }

    public override void WriteBody(ref WireWriter writer, object value) => Write(ref writer, (T)value);

    public override object ReadBody(ref WireReader reader, int number) => Read(ref reader)!;
}
