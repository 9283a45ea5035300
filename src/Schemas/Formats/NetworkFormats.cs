using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Actors.Schemas.Formats;

/// <summary>Addresses and names.</summary>
internal static class NetworkFormats
{
    private const string AtomPunctuation = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>RFC 5321, 4.1.2.</summary>
    public static bool IsEmail(string text) => text.All(char.IsAscii) && IsIdnEmail(text);

    /// <summary>RFC 6531: the same with any letter past ASCII.</summary>
    public static bool IsIdnEmail(string text)
    {
        var at = text.LastIndexOf('@');
        return at > 0 && IsLocalPart(text[..at]) && IsMailDomain(text[(at + 1)..]);
    }

    /// <summary>RFC 1123, 2.1.</summary>
    public static bool IsHostname(string text) => text.Length is > 0 and <= 253 && text.Split('.').All(IsLabel);

    public static bool IsIpv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4 && parts.All(part =>
            part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0') && int.Parse(part, CultureInfo.InvariantCulture) <= 255);
    }

    public static bool IsIpv6(string text)
    {
        if (text.Any(c => !char.IsAsciiHexDigit(c) && c is not (':' or '.')) || !text.Contains(':', StringComparison.Ordinal))
            return false;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 || IsIpv4(text[(text.LastIndexOf(':') + 1)..]))
            && text.Split(':').All(part => part.Contains('.', StringComparison.Ordinal) || part.Length <= 4)
            && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static bool IsLocalPart(string text)
    {
        if (text is ['"', .., '"'] && text.Length > 1)
            return IsQuoted(text.AsSpan(1, text.Length - 2));
        return text.Length <= 64 && text.Split('.').All(atom =>
            atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || AtomPunctuation.Contains(c) || !char.IsAscii(c)));
    }

    private static bool IsQuoted(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] is '"' or < ' ')
                return false;
            if (i >= text.Length)
                return false;
        }
        return true;
    }

    private static bool IsMailDomain(string text)
    {
        if (text is not ['[', .., ']'])
            return text.Length is > 0 and <= 253 && text.Split('.').All(label => IsLabel(Ascii(label)));
        var literal = text[1..^1];
        return literal.StartsWith("IPv6:", StringComparison.Ordinal) ? IsIpv6(literal[5..]) : IsIpv4(literal);
    }

    /// <summary>Letters past ASCII are as good as an x; which of them IDNA allows is left to who sends the mail.</summary>
    private static string Ascii(string label) => string.Concat(label.Select(c => char.IsAscii(c) ? c : 'x'));

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && label[0] != '-' && label[^1] != '-';
}
