namespace Orleans.Serialization.Wire;

/// <summary>The byte before a value that may be null, may have been written before, or may be of a derived type.</summary>
internal static class WireHead
{
    public const byte Null = 0;

    /// <summary>A number follows: which of the remembered objects it is.</summary>
    public const byte Reference = 1;

    public const byte Value = 2;

    /// <summary>The object takes the next number, for references to it.</summary>
    public const byte Remembered = 4;

    /// <summary>The name of its type comes first; without it the value is exactly of the variable's type.</summary>
    public const byte Typed = 8;

    private const int KindMask = 3;
    private const int WireTypeShift = 4;

    public static byte Of(WireType body, bool remembered, bool typed) =>
        (byte)(Value | (remembered ? Remembered : 0) | (typed ? Typed : 0) | ((int)body << WireTypeShift));

    public static int KindOf(byte head) => head & KindMask;

    public static WireType BodyOf(byte head) => (WireType)((head >> WireTypeShift) & 7);
}
