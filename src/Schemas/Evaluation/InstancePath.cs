using System.Globalization;
using System.Text;

namespace Actors.Schemas.Evaluation;

/// <summary>Writes a path as a JSON pointer (RFC 6901), and as a reader would.</summary>
internal static class InstancePath
{
    private const int LongestName = 80;

    public static string Pointer(List<PathSegment> path)
    {
        var text = new StringBuilder();
        foreach (var segment in path)
        {
            text.Append('/');
            if (segment.Name is { } name)
                text.Append(Escape(name));
            else
                text.Append(segment.Index);
        }
        return text.ToString();
    }

    public static string Escape(string token) =>
        token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Readable(string root, List<PathSegment> path)
    {
        var text = new StringBuilder(root);
        foreach (var segment in path)
        {
            if (segment.Name is not { } name)
                text.Append(CultureInfo.InvariantCulture, $"[{segment.Index}]");
            else if (IsPlain(name))
                text.Append('.').Append(name);
            else
                text.Append(CultureInfo.InvariantCulture, $"[\"{Found.Cut(name, LongestName)}\"]");
        }
        return text.ToString();
    }

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$') && !char.IsAsciiDigit(name[0]);
}
