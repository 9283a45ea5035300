namespace Orleans.Serialization.Wire;

/// <summary>The byte after a collection's count: how its elements are written, or its keys and values.</summary>
internal readonly struct CollectionForm(byte code)
{
    private const int ValueShift = 3;
    private const int TypeMask = 7;
    private const byte Pairs = 0x40;
    private const byte Comparer = 0x80;

    public byte Code { get; } = code;

    public WireType Element => (WireType)(Code & TypeMask);

    public WireType Value => (WireType)((Code >> ValueShift) & TypeMask);

    public bool IsPairs => (Code & Pairs) != 0;

    /// <summary>A byte follows that says how the collection compares its keys.</summary>
    public bool HasComparer => (Code & Comparer) != 0;

    public static CollectionForm Of(WireType element, bool hasComparer = false) =>
        new((byte)((byte)element | (hasComparer ? Comparer : 0)));

    public static CollectionForm OfPairs(WireType key, WireType value, bool hasComparer) =>
        new((byte)((byte)key | ((byte)value << ValueShift) | Pairs | (hasComparer ? Comparer : 0)));
}
