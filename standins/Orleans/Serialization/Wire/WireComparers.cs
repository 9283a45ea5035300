namespace Orleans.Serialization.Wire;

/// <summary>How a set or dictionary compares its keys: .NET's own comparers have a number, others do not cross.</summary>
internal static class WireComparers
{
    public const byte Default = 0;

    // The numbers are the places in this list, from 1 on.
    private static readonly StringComparer[] OfStrings =
    [
        StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture, StringComparer.InvariantCultureIgnoreCase
    ];

    public static byte CodeOf<T>(IEqualityComparer<T> comparer) => ReferenceEquals(comparer, EqualityComparer<T>.Default) ? Default : CodeOf((object)comparer);

    public static byte CodeOf<T>(IComparer<T> comparer) => ReferenceEquals(comparer, Comparer<T>.Default) ? Default : CodeOf((object)comparer);

    public static IEqualityComparer<T> Equality<T>(byte code) =>
        code == Default ? EqualityComparer<T>.Default : Find(code) as IEqualityComparer<T> ?? throw Unknown();

    public static IComparer<T> Order<T>(byte code) =>
        code == Default ? Comparer<T>.Default : Find(code) as IComparer<T> ?? throw Unknown();

    private static byte CodeOf(object comparer)
    {
        var place = Array.IndexOf(OfStrings, comparer);
        return place >= 0
            ? (byte)(place + 1)
            : throw new CodecNotFoundException($"Could not find a codec for type {comparer.GetType()}: a collection that is passed to or from a grain compares by a comparer of .NET's own.");
    }

    private static StringComparer? Find(byte code) => code <= OfStrings.Length ? OfStrings[code - 1] : null;

    private static SerializerException Unknown() => WireReader.Corrupt("a collection's comparer is unknown");
}
