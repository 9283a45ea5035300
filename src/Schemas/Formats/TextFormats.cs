using System.Text.RegularExpressions;
using Actors.Schemas.Patterns;

namespace Actors.Schemas.Formats;

/// <summary>Identifiers, pointers and expressions.</summary>
internal static class TextFormats
{
    public static bool IsUuid(string text) =>
        text.Length == 36 && !text.Where((c, i) => i is 8 or 13 or 18 or 23 ? c != '-' : !char.IsAsciiHexDigit(c)).Any();

    /// <summary>RFC 6901.</summary>
    public static bool IsJsonPointer(string text)
    {
        if (text.Length > 0 && text[0] != '/')
            return false;
        for (var at = text.IndexOf('~', StringComparison.Ordinal); at >= 0; at = text.IndexOf('~', at + 1))
        {
            if (at + 1 >= text.Length || text[at + 1] is not ('0' or '1'))
                return false;
        }
        return true;
    }

    public static bool IsRelativeJsonPointer(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && (digits == 1 || text[0] != '0') && (text[digits..] == "#" || IsJsonPointer(text[digits..]));
    }

    public static bool IsRegex(string text)
    {
        try
        {
            _ = new Regex(EcmaPattern.Translate(text), RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
            return true;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
