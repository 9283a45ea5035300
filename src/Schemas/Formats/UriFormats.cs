using System.Text.RegularExpressions;

namespace Actors.Schemas.Formats;

/// <summary>RFC 3986's and 3987's references, and RFC 6570's templates.</summary>
internal static partial class UriFormats
{
    private const string Punctuation = "-._~:/?#[]@!$&'()*+,;=%";

    public static bool IsUri(string text) => text.All(char.IsAscii) && IsIri(text);

    public static bool IsUriReference(string text) => text.All(char.IsAscii) && IsIriReference(text);

    public static bool IsIri(string text) => Scheme().IsMatch(text) && IsIriReference(text);

    public static bool IsIriReference(string text)
    {
        if (!text.All(IsAllowed) || BadEscape().IsMatch(text))
            return false;
        var parts = Parts().Match(text);
        var scheme = parts.Groups["scheme"];
        if (scheme.Success && !Scheme().IsMatch(scheme.Value + ":"))
            return false;
        var outside = parts.Groups["path"].Value + parts.Groups["query"].Value + parts.Groups["fragment"].Value;
        return outside.AsSpan().IndexOfAny('[', ']') < 0
            && !parts.Groups["fragment"].Value.Contains('#', StringComparison.Ordinal)
            && (!parts.Groups["authority"].Success || IsAuthority(parts.Groups["authority"].Value));
    }

    public static bool IsTemplate(string text) => Template().IsMatch(text);

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c) || c >= '\u00a0';

    private static bool IsAuthority(string authority)
    {
        var at = authority.LastIndexOf('@');
        var user = at < 0 ? "" : authority[..at];
        if (user.AsSpan().IndexOfAny("[]@") >= 0)
            return false;
        var host = Host().Match(authority[(at + 1)..]);
        if (!host.Success)
            return false;
        var literal = host.Groups["literal"];
        return !literal.Success || NetworkFormats.IsIpv6(literal.Value) || FutureAddress().IsMatch(literal.Value);
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Scheme();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant, 100)]
    private static partial Regex BadEscape();

    [GeneratedRegex(@"\A((?<scheme>[^:/?#]*):)?(//(?<authority>[^/?#]*))?(?<path>[^?#]*)(\?(?<query>[^#]*))?(#(?<fragment>.*))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 100)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\A(\[(?<literal>[^\]]*)\]|[^\[\]:]*)(:[0-9]*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Host();

    [GeneratedRegex(@"\A[vV][0-9A-Fa-f]+\.[A-Za-z0-9._~!$&'()*+,;=:-]+\z", RegexOptions.CultureInvariant, 100)]
    private static partial Regex FutureAddress();

    [GeneratedRegex(@"\A([^\x00-\x20""%<>\\^`{|}\x7f-\x9f]|%[0-9A-Fa-f]{2}|\{[+#./;?&=,!@|]?([A-Za-z0-9_]|%[0-9A-Fa-f]{2})(\.?([A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*(:[1-9][0-9]{0,3}|\*)?(,([A-Za-z0-9_]|%[0-9A-Fa-f]{2})(\.?([A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*(:[1-9][0-9]{0,3}|\*)?)*\})*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Template();
}
