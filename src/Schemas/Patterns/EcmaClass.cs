using System.Text;

namespace Actors.Schemas.Patterns;

/// <summary>A character class, from behind its opening bracket.</summary>
internal sealed class EcmaClass(string source, int start)
{
    private readonly StringBuilder _set = new();
    private readonly List<string> _astral = [];
    private int _at = start;

    public string Translate(out int end)
    {
        var isNegated = _at < source.Length && source[_at] == '^';
        if (isNegated)
            _at++;
        while (Peek() != ']')
            Member();
        end = _at + 1;
        if (isNegated && _astral.Count > 0)
            throw new FormatException("a negated class with characters past U+FFFF is not supported.");
        if (isNegated)
            return _set.Length == 0 ? "[\\s\\S]" : $"(?:[^{_set}\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff])";
        if (_astral.Count == 0)
            return _set.Length == 0 ? "(?!)" : $"[{_set}]";
        return _set.Length == 0 ? $"(?:{string.Join('|', _astral)})" : $"(?:[{_set}]|{string.Join('|', _astral)})";
    }

    private void Member()
    {
        if (Peek() == '\\' && _at + 1 < source.Length && EcmaEscape.Set(source, ref _at) is { } set)
        {
            _set.Append(set);
            return;
        }
        var first = Character();
        var isRange = Peek() == '-' && _at + 1 < source.Length && source[_at + 1] != ']';
        if (!isRange || (source[_at + 1] == '\\' && _at + 2 < source.Length && "dDwWsSpP".Contains(source[_at + 2])))
        {
            Add(first);
            return;
        }
        _at++;
        AddRange(first, Character());
    }

    private void Add(int character)
    {
        if (character > 0xFFFF)
            _astral.Add(char.ConvertFromUtf32(character));
        else
            _set.Append(Quoted(character));
    }

    private void AddRange(int first, int last)
    {
        if (first > last)
            throw new FormatException("a range in a class runs backwards.");
        if (last <= 0xFFFF)
        {
            _set.Append(Quoted(first)).Append('-').Append(Quoted(last));
            return;
        }
        if (first <= 0xFFFF)
        {
            _set.Append(Quoted(first)).Append("-\\uffff");
            first = 0x10000;
        }
        AddAstral(char.ConvertFromUtf32(first), char.ConvertFromUtf32(last));
    }

    /// <summary>As surrogate pairs: the rest of the first high surrogate's, all of those between, and the start of the last's.</summary>
    private void AddAstral(string first, string last)
    {
        if (first[0] == last[0])
        {
            AddPairs(first[0], first[0], first[1], last[1]);
            return;
        }
        AddPairs(first[0], first[0], first[1], '\uDFFF');
        if (last[0] - first[0] > 1)
            AddPairs((char)(first[0] + 1), (char)(last[0] - 1), '\uDC00', '\uDFFF');
        AddPairs(last[0], last[0], '\uDC00', last[1]);
    }

    private void AddPairs(char firstHigh, char lastHigh, char firstLow, char lastLow) =>
        _astral.Add($"[{Quoted(firstHigh)}-{Quoted(lastHigh)}][{Quoted(firstLow)}-{Quoted(lastLow)}]");

    private int Character()
    {
        if (Peek() == '\\')
        {
            if (_at + 1 < source.Length && source[_at + 1] == 'b')
            {
                _at += 2;
                return '\b';
            }
            if (_at + 1 >= source.Length)
                throw new FormatException("it ends in a backslash.");
            return EcmaEscape.Character(source, ref _at);
        }
        var character = EcmaEscape.CodePointAt(source, _at, out var length);
        _at += length;
        return character;
    }

    private char Peek() => _at < source.Length ? source[_at] : throw new FormatException("a class is not closed.");

    private static string Quoted(int character) => EcmaPattern.Quoted(character);
}
