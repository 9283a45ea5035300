using System.Text;
using System.Text.RegularExpressions;

namespace Actors.KnowledgeBase.Markdown;

/// <summary>Cuts a document at its headings, ATX (<c>## x</c>) and setext (underlined).</summary>
internal sealed partial class SectionSplitter(int maxSectionChars)
{
    private readonly List<Section> _sections = [];
    private readonly string?[] _headings = new string?[6];
    private readonly StringBuilder _body = new();
    private string _previous = "";

    /// <summary>The first top heading, which is the title of a document without front matter.</summary>
    public string? FirstTitle { get; private set; }

    public void Add(string line, bool inCode)
    {
        if (inCode)
            Append(line);
        else if (Atx().Match(line) is { Success: true } atx)
            Open(atx.Groups[1].Length, atx.Groups[2].Value);
        else if (_previous.Length > 0 && Underline().Match(line) is { Success: true } underline)
        {
            var heading = _previous;
            _body.Length -= heading.Length + 1;
            Open(underline.Groups[1].Value[0] == '=' ? 1 : 2, heading);
        }
        else
        {
            Append(line);
            // Only a line of plain text can be a heading once it is underlined; a list item or table row cannot.
            _previous = Plain().IsMatch(line) ? line : "";
        }
    }

    public IReadOnlyList<Section> End()
    {
        Close();
        return _sections;
    }

    private void Append(string line)
    {
        _previous = "";
        if (_body.Length > 0 && _body.Length + line.Length > maxSectionChars)
            Close();
        // One line may be longer than a section may be; a surrogate pair is not torn apart.
        for (var start = 0; ; Close())
        {
            var length = Math.Min(maxSectionChars, line.Length - start);
            if (start + length < line.Length && char.IsHighSurrogate(line[start + length - 1]))
                length--;
            _body.Append(line, start, length).Append('\n');
            if ((start += length) == line.Length)
                break;
        }
    }

    private void Open(int level, string heading)
    {
        Close();
        _previous = "";
        heading = Emphasis().Replace(heading, "").Trim();
        if (level == 1)
            FirstTitle ??= heading;
        _headings[level - 1] = heading;
        _headings.AsSpan(level).Clear();
    }

    private void Close()
    {
        var body = _body.ToString().Trim();
        _body.Clear();
        if (body.Length > 0)
            _sections.Add(new Section([.. _headings.OfType<string>().Where(heading => heading.Length > 0)], body));
    }

    [GeneratedRegex(@"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Atx();

    [GeneratedRegex(@"^ {0,3}(=+|-{2,})[ \t]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Underline();

    [GeneratedRegex(@"^ {0,3}[^\s>|*+#-]", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"[`*]", RegexOptions.CultureInvariant)]
    private static partial Regex Emphasis();
}
