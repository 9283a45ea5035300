using System.Globalization;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>
/// Finds escapes that are half of a surrogate pair, such as <c>\ud800</c> alone: JSON's grammar allows them, but they stand
/// for no text, and reading them as text throws wherever it is tried.
/// </summary>
internal static class SurrogateEscapes
{
    private const int EscapeLength = 6;

    public static bool HasHalf(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0; at = json.IndexOf((byte)'\\'))
        {
            json = json[at..];
            if (!TryRead(json, out var unit) || !char.IsSurrogate(unit))
                json = json[Math.Min(2, json.Length)..];
            else if (char.IsHighSurrogate(unit) && TryRead(json[EscapeLength..], out var low) && char.IsLowSurrogate(low))
                json = json[(2 * EscapeLength)..];
            else
                return true;
        }
        return false;
    }

    private static bool TryRead(ReadOnlySpan<byte> json, out char unit)
    {
        unit = default;
        if (json.Length < EscapeLength || json[0] != '\\' || json[1] != 'u')
            return false;
        var isHex = ushort.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        unit = (char)value;
        return isHex;
    }
}
