using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Actors.Frontend.Mcp.Headers;

/// <summary>Decodes a header value that may use the Base64 sentinel (Streamable HTTP, Value Encoding).</summary>
internal static class HeaderValue
{
    private const string Prefix = "=?base64?";
    private const string Suffix = "?=";

    // Visible ASCII, space and tab.
    private static readonly SearchValues<char> FieldCharacters = SearchValues.Create(['\t', .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c)]);

    /// <summary>False: not text a header may carry, or Base64 or UTF-8 that is not valid.</summary>
    public static bool TryDecode(string value, out string decoded)
    {
        decoded = value;
        if (value.AsSpan().ContainsAnyExcept(FieldCharacters))
            return false;
        var isEncoded = value.Length >= Prefix.Length + Suffix.Length
            && value.StartsWith(Prefix, StringComparison.Ordinal) && value.EndsWith(Suffix, StringComparison.Ordinal);
        return !isEncoded || TryDecodeBase64(value.AsSpan(Prefix.Length, value.Length - Prefix.Length - Suffix.Length), out decoded);
    }

    private static bool TryDecodeBase64(ReadOnlySpan<char> encoded, out string decoded)
    {
        decoded = "";
        // The decoder skips white space, which is no part of the alphabet here.
        if (encoded.ContainsAny(" \t\r\n") || !Base64.IsValid(encoded, out var length))
            return false;
        var bytes = new byte[length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var written) || !Utf8.IsValid(bytes.AsSpan(0, written)))
            return false;
        decoded = Encoding.UTF8.GetString(bytes, 0, written);
        return true;
    }
}
