using Orleans.Runtime;

namespace Orleans.Serialization.Wire;

/// <summary>
/// Spares the allocation of ids that come again and again. Each id has one place and takes it from whatever was
/// there, so the table stays as large as it is.
/// </summary>
internal static class KnownSpans
{
    private const int Places = 256;

    private static readonly Entry?[] Entries = new Entry?[Places];

    public static IdSpan Of(ReadOnlySpan<byte> bytes)
    {
        var place = PlaceOf(bytes);
        if (Entries[place] is { } known && known.Span.AsSpan().SequenceEqual(bytes)) return known.Span;

        var span = new IdSpan(bytes.ToArray());
        Entries[place] = new Entry(span);
        return span;
    }

    private static int PlaceOf(ReadOnlySpan<byte> bytes)
    {
        var hash = (uint)bytes.Length;
        foreach (var b in bytes) hash = (hash * 31) + b;
        return (int)((hash ^ (hash >> 8)) % Places);
    }

    private sealed record Entry(IdSpan Span);
}
