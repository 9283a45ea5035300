namespace Actors.KnowledgeBase.Markdown;

/// <summary>The YAML block at the start of a file, as far as it is of use here: its title, and how long it is.</summary>
internal readonly record struct FrontMatter(string? Title, int Length)
{
    private const string Fence = "---";

    public static FrontMatter Of(string text)
    {
        var (first, position) = Line(text, 0);
        if (first.TrimEnd() != Fence)
            return default;

        string? title = null;
        while (position < text.Length)
        {
            var (line, next) = Line(text, position);
            if (line.TrimEnd() == Fence)
                return new FrontMatter(title, next);
            if (line.StartsWith("title:", StringComparison.Ordinal))
                title = Unquote(line["title:".Length..].Trim());
            position = next;
        }
        // A block that never ends is a horizontal rule and ordinary text.
        return default;
    }

    private static (string Line, int Next) Line(string text, int start)
    {
        var end = text.IndexOf('\n', start);
        return end < 0 ? (text[start..], text.Length) : (text[start..end], end + 1);
    }

    private static string? Unquote(string value)
    {
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
            value = value[1..^1];
        return value.Length > 0 ? value : null;
    }
}
