using System.Globalization;

namespace Actors.Schemas.Patterns;

/// <summary>ECMA-262's escapes that mean the same inside and outside of a class.</summary>
internal static class EcmaEscape
{
    private const string Space = @"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
    private const string NoSpace =
        @"\u0000-\u0008\u000e-\u001f!-\u009f\u00a1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe\uff00-\uffff";

    /// <summary>An escape for a set of characters as a .NET class has it, without the brackets; null: it is no set.</summary>
    public static string? Set(string source, ref int at)
    {
        var set = source[at + 1] switch
        {
            'd' => "0-9",
            'D' => @"\u0000-/:-\uffff",
            'w' => "a-zA-Z0-9_",
            'W' => @"\u0000-/:-@\[-\^`{-\uffff",
            's' => Space,
            'S' => NoSpace,
            'p' or 'P' => null,
            _ => "",
        };
        if (set is null)
            return Category(source, ref at);
        if (set.Length == 0)
            return null;
        at += 2;
        return set;
    }

    /// <summary>An escape for one character.</summary>
    public static int Character(string source, ref int at)
    {
        var c = source[at + 1];
        var start = at;
        at += 2;
        switch (c)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case '0' when at >= source.Length || !char.IsAsciiDigit(source[at]): return 0;
            case 'c' when at < source.Length && char.IsAsciiLetter(source[at]): return source[at++] & 31;
            case 'x': return Hex(source, ref at, 2);
            case 'u': return Unicode(source, ref at);
        }
        if (char.IsAsciiLetterOrDigit(c))
            throw new FormatException($"ECMA-262 has no escape \\{c}.");
        at = start + 1;
        var character = CodePointAt(source, at, out var length);
        at += length;
        return character;
    }

    public static int CodePointAt(string source, int at, out int length)
    {
        length = char.IsSurrogatePair(source, at) ? 2 : 1;
        return length == 2 ? char.ConvertToUtf32(source, at) : source[at];
    }

    private static int Unicode(string source, ref int at)
    {
        if (at < source.Length && source[at] == '{')
        {
            var end = source.IndexOf('}', at);
            if (end < 0 || !int.TryParse(source.AsSpan(at + 1, end - at - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) || point > 0x10FFFF)
                throw new FormatException("\\u{...} holds no code point.");
            at = end + 1;
            return point;
        }
        var unit = Hex(source, ref at, 4);
        if (!char.IsHighSurrogate((char)unit) || !source.AsSpan(at).StartsWith("\\u"))
            return unit;
        var after = at + 2;
        var low = Hex(source, ref after, 4);
        if (!char.IsLowSurrogate((char)low))
            return unit;
        at = after;
        return char.ConvertToUtf32((char)unit, (char)low);
    }

    private static int Hex(string source, ref int at, int digits)
    {
        if (at + digits > source.Length
            || !int.TryParse(source.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw new FormatException($"an escape lacks its {digits} hexadecimal digits.");
        at += digits;
        return value;
    }

    private static string Category(string source, ref int at)
    {
        var end = source.IndexOf('}', at);
        if (end < 0 || source[at + 2] != '{')
            throw new FormatException("\\p must name a property in braces.");
        var name = source[(at + 3)..end];
        var isNegated = source[at + 1] == 'P';
        at = end + 1;
        var value = name.StartsWith("gc=", StringComparison.Ordinal) ? name[3..]
            : name.StartsWith("General_Category=", StringComparison.Ordinal) ? name[17..] : name;
        var category = UnicodeCategories.Find(value)
            ?? throw new FormatException($"the Unicode property {name} is not supported; general categories are.");
        return $"\\{(isNegated ? 'P' : 'p')}{{{category}}}";
    }
}
