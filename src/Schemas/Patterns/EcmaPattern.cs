using System.Globalization;
using System.Text;

namespace Actors.Schemas.Patterns;

/// <summary>
/// Writes an ECMA-262 regular expression (with its u flag) as .NET has it. What .NET cannot say, a script or an astral range in
/// a class, is refused; what is sloppy but clear, an escaped hyphen say, is taken.
/// </summary>
internal sealed class EcmaPattern
{
    private const string Syntax = "^$\\.*+?()[]{}|/";
    private const string WordBefore = "(?<=[a-zA-Z0-9_])";
    private const string NoWordBefore = "(?<![a-zA-Z0-9_])";
    private const string WordAfter = "(?=[a-zA-Z0-9_])";
    private const string NoWordAfter = "(?![a-zA-Z0-9_])";

    private readonly string _source;
    private readonly StringBuilder _written = new();
    private int _at;

    private EcmaPattern(string source) => _source = source;

    /// <exception cref="FormatException">It is none, or cannot be written for .NET.</exception>
    public static string Translate(string source) => new EcmaPattern(source).Translate();

    private string Translate()
    {
        while (_at < _source.Length)
            Next();
        return _written.ToString();
    }

    private void Next()
    {
        var c = _source[_at];
        switch (c)
        {
            case '\\':
                Escape();
                break;
            case '[':
                _written.Append(new EcmaClass(_source, _at + 1).Translate(out _at));
                break;
            case '(':
                Group();
                break;
            case '.':
                Write("(?:[^\\n\\r\\u2028\\u2029\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])", 1);
                break;
            case '$':
                // .NET's own also matches before a line's end.
                Write("\\z", 1);
                break;
            default:
                Literal(EcmaEscape.CodePointAt(_source, _at, out var length), length);
                break;
        }
    }

    private void Group()
    {
        if (_at + 1 >= _source.Length || _source[_at + 1] != '?')
        {
            Write("(", 1);
            return;
        }
        var rest = _source.AsSpan(_at);
        foreach (var known in (ReadOnlySpan<string>)["(?:", "(?=", "(?!", "(?<=", "(?<!"])
        {
            if (!rest.StartsWith(known))
                continue;
            Write(known, known.Length);
            return;
        }
        var end = rest.IndexOf('>');
        if (!rest.StartsWith("(?<") || end < 4 || rest[3..end].IndexOfAnyExceptInRange('0', 'z') >= 0)
            throw new FormatException("ECMA-262 has no such group.");
        Write(rest[..(end + 1)].ToString(), end + 1);
    }

    private void Escape()
    {
        if (_at + 1 >= _source.Length)
            throw new FormatException("it ends in a backslash.");
        var c = _source[_at + 1];
        switch (c)
        {
            case 'b':
                Write($"(?:{WordBefore}{NoWordAfter}|{NoWordBefore}{WordAfter})", 2);
                break;
            case 'B':
                Write($"(?:{WordBefore}{WordAfter}|{NoWordBefore}{NoWordAfter})", 2);
                break;
            case 'k':
            case >= '1' and <= '9':
                Write(_source.Substring(_at, 2), 2);
                break;
            default:
                if (EcmaEscape.Set(_source, ref _at) is { } set)
                    _written.Append('[').Append(set).Append(']');
                else
                    Literal(EcmaEscape.Character(_source, ref _at), 0);
                break;
        }
    }

    private void Write(string text, int length)
    {
        _written.Append(text);
        _at += length;
    }

    private void Literal(int codePoint, int length)
    {
        _at += length;
        if (codePoint > 0xFFFF)
            _written.Append("(?:").Append(char.ConvertFromUtf32(codePoint)).Append(')');
        else if (length == 0)
            _written.Append(Quoted(codePoint));
        else
            _written.Append((char)codePoint);
    }

    /// <summary>A character that stands for itself, whatever it is.</summary>
    public static string Quoted(int character) =>
        Syntax.Contains((char)character) || character is '-' or ' ' or '#' || character < ' ' || character > '~'
            ? string.Create(CultureInfo.InvariantCulture, $"\\u{character:X4}")
            : ((char)character).ToString();
}
