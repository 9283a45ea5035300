namespace Orleans.Serialization.Wire;

/// <summary>References to objects that the message had before, and the names of types.</summary>
internal ref partial struct WireReader
{
    private ReadObjects Objects => _objects ??= new ReadObjects();

    public int Remember(out object? known) => Objects.Remember(out known);

    public void SetRemembered(int number, object value)
    {
        if (number >= 0) Objects.Set(number, value);
    }

    /// <summary>The object behind a reference; read now, as a T, if it was passed over before.</summary>
    public object ReadReference<T>()
    {
        var number = ReadVarUInt();
        return Objects.Find(number) switch
        {
            SkippedObject skipped => ReadSkipped<T>((int)number, skipped),
            { } known => known,
            null => throw Corrupt("a reference leads to no object")
        };
    }

    public Codec ReadType()
    {
        var code = ReadVarUInt();
        if (code == 0)
        {
            var named = TypeNames.Resolve(ReadTypeName());
            Objects.AddType(named);
            return named;
        }

        if (code < WellKnownTypes.Limit)
            return WellKnownTypes.Find((int)code) ?? throw Corrupt("a type's number is unknown");

        var number = code - WellKnownTypes.Limit;
        switch (Objects.FindType(number))
        {
            case Codec codec:
                return codec;
            case byte[] name:
                var late = TypeNames.Resolve(name);
                Objects.SetType((int)number, late);
                return late;
            default:
                throw Corrupt("a type's number is unknown");
        }
    }

    public static WireType BodyOf(byte head) =>
        WireHead.BodyOf(head) is var body and < WireType.Extended ? body : throw Corrupt("a value has no form");

    public static SerializerException Mismatch(WireType found, Type expected) => Corrupt($"a {found} value stands where {expected} belongs");

    private void SkipType()
    {
        if (ReadVarUInt() == 0) Objects.AddType(ReadTypeName().ToArray());
    }

    private ReadOnlySpan<byte> ReadTypeName()
    {
        var length = ReadLength();
        return length is > 0 and <= WireLimits.MaxTypeNameLength
            ? ReadSpan(length)
            : throw Corrupt("a type's name has no length, or too much of it");
    }

    // The numbers of the objects within it are those that they took when it was passed over.
    private object ReadSkipped<T>(int number, SkippedObject skipped)
    {
        var (position, nextObject, nextType) = (Position, Objects.NextObject, Objects.NextType);
        MoveTo(skipped.Position);
        Objects.NextObject = number;
        Objects.NextType = skipped.TypeCount;
        Enter();
        var value = Codec<T>.Instance.Read(ref this);
        Leave();
        MoveTo(position);
        Objects.NextObject = nextObject;
        Objects.NextType = nextType;
        return value ?? throw Corrupt("a reference leads to no object");
    }
}
