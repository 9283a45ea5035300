using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>
/// Times as ISO 8601 in UTC, to the millisecond: coarser than the clock and than the database, so that a record reads the
/// same, byte for byte, before and after it went through either.
/// </summary>
internal static class WireTime
{
    private const int RoundTripLength = 28;
    private const int ToTheMillisecond = 23;

    public static void WriteTime(this Utf8JsonWriter writer, JsonEncodedText name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[RoundTripLength];
        writer.WriteString(name, Format(text, time));
    }

    public static void WriteTime(this Utf8JsonWriter writer, string name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[RoundTripLength];
        writer.WriteString(name, Format(text, time));
    }

    // The round-trip format has a fast path, a format of our own has none: write it, and cut it short.
    private static ReadOnlySpan<byte> Format(Span<byte> text, DateTimeOffset time)
    {
        var written = time.UtcDateTime.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        Debug.Assert(written && length == RoundTripLength);
        text[ToTheMillisecond] = (byte)'Z';
        return text[..(ToTheMillisecond + 1)];
    }
}
