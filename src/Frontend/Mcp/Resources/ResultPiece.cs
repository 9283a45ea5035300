namespace Actors.Frontend.Mcp.Resources;

/// <summary>A piece of a result's UTF-8, from character to character: what is asked for in bytes may begin and end inside one.</summary>
/// <param name="Offset">Where it begins in the whole, in bytes.</param>
/// <param name="Utf8">The piece.</param>
internal readonly record struct ResultPiece(long Offset, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The shortest piece: longer than the longest character, so that there is always a next one.</summary>
    public const int MinBytes = 16;

    public long End => Offset + Utf8.Length;

    /// <param name="bytes">What lies there.</param>
    /// <param name="offset">Where that begins in the whole.</param>
    /// <param name="isEnd">Whether the whole ends there.</param>
    public static ResultPiece Of(ReadOnlyMemory<byte> bytes, long offset, bool isEnd)
    {
        var span = bytes.Span;
        var start = 0;
        while (offset > 0 && start < span.Length && IsContinuation(span[start]))
            start++;
        var end = span.Length;
        if (!isEnd)
        {
            while (end > start && IsContinuation(span[end - 1]))
                end--;
            // What it would end with begins here, and is whole only if nothing of it was cut off.
            if (end > start && end - 1 + LengthOf(span[end - 1]) > span.Length)
                end--;
            else
                end = span.Length;
        }
        return new ResultPiece(offset + start, bytes[start..end]);
    }

    private static bool IsContinuation(byte value) => (value & 0b1100_0000) == 0b1000_0000;

    private static int LengthOf(byte first) => first switch
    {
        < 0b1100_0000 => 1,
        < 0b1110_0000 => 2,
        < 0b1111_0000 => 3,
        _ => 4,
    };
}
