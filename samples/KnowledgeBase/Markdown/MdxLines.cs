using System.Text.RegularExpressions;

namespace Actors.KnowledgeBase.Markdown;

/// <summary>
/// Goes through a file line by line: knows which lines are in a code block, and takes out of the others what MDX adds to
/// Markdown, the import and export lines and the component tags.
/// </summary>
internal sealed partial class MdxLines(bool strip)
{
    private string? _fence;

    /// <summary>Whether the line last given to <see cref="Clean"/> belongs to a code block, its fences included.</summary>
    public bool InCode { get; private set; }

    /// <summary>The line as a reader of the rendered page would see it; null where nothing of it is left.</summary>
    public string? Clean(string line)
    {
        if (_fence is not null)
        {
            InCode = true;
            if (ClosesFence(line.Trim()))
                _fence = null;
            return line;
        }
        _fence = Fence().Match(line) is { Success: true } fence ? fence.Groups[1].Value : null;
        InCode = _fence is not null;
        return InCode || !strip ? line : CleanProse(line);
    }

    // CommonMark: the closing fence is of the same character, at least as long, and nothing else.
    private bool ClosesFence(string line) => line.Length >= _fence!.Length && line.All(c => c == _fence[0]);

    private static string? CleanProse(string line)
    {
        if (line.StartsWith("import ", StringComparison.Ordinal) || line.StartsWith("export ", StringComparison.Ordinal))
            return null;
        if (!line.Contains('<', StringComparison.Ordinal))
            return line;
        var clean = Tag().Replace(line, "");
        return string.IsNullOrWhiteSpace(clean) ? null : clean;
    }

    [GeneratedRegex(@"^\s*(`{3,}|~{3,})", RegexOptions.CultureInvariant)]
    private static partial Regex Fence();

    // A component or HTML tag; not <https://…>, and not a comparison.
    [GeneratedRegex(@"</?[A-Za-z][A-Za-z0-9.]*(\s[^<>]*)?/?>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
