using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary>A JSON number exactly as written: a whole number times a power of ten.</summary>
internal readonly struct JsonNumber : IComparable<JsonNumber>
{
    private readonly BigInteger _mantissa;
    private readonly int _exponent;
    private readonly int _digits;

    private JsonNumber(BigInteger mantissa, int exponent, int digits)
    {
        _mantissa = mantissa;
        _exponent = exponent;
        _digits = digits;
    }

    public static JsonNumber MaxCount { get; } = new(int.MaxValue, 0, 10);

    public int Sign => _mantissa.Sign;

    // The mantissa ends in no zero, so an exponent below 0 is a fraction.
    public bool IsInteger => _exponent >= 0;

    public static bool IsIntegral(JsonElement number, int maxDigits) =>
        number.TryGetInt64(out _) || JsonMarshal.GetRawUtf8Value(number).IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 || Of(number, maxDigits).IsInteger;

    public static bool AreEqual(JsonElement one, JsonElement other, int maxDigits) =>
        one.TryGetInt64(out var a) && other.TryGetInt64(out var b) ? a == b : Of(one, maxDigits).CompareTo(Of(other, maxDigits)) == 0;

    /// <exception cref="SchemaLimitException">It has more digits than anybody should compare.</exception>
    public static JsonNumber Of(JsonElement number, int maxDigits)
    {
        var text = JsonMarshal.GetRawUtf8Value(number);
        var exponentAt = text.IndexOfAny((byte)'e', (byte)'E');
        var exponent = exponentAt < 0 ? 0L : Exponent(text[(exponentAt + 1)..]);
        var digits = exponentAt < 0 ? text : text[..exponentAt];
        var isNegative = digits[0] == '-';
        if (isNegative)
            digits = digits[1..];
        var point = digits.IndexOf((byte)'.');
        if (digits.Length > maxDigits)
            throw new SchemaLimitException($"it holds a number of more than {maxDigits} digits.");
        var whole = Encoding.ASCII.GetString(digits);
        if (point >= 0)
        {
            exponent -= whole.Length - point - 1;
            whole = whole.Remove(point, 1);
        }
        var significant = whole.TrimStart('0').TrimEnd('0');
        if (significant.Length == 0)
            return new JsonNumber(0, 0, 0);
        exponent += whole.Length - whole.TrimEnd('0').Length;
        var mantissa = BigInteger.Parse(significant, NumberStyles.None, CultureInfo.InvariantCulture);
        return new JsonNumber(isNegative ? -mantissa : mantissa, (int)exponent, significant.Length);
    }

    public int CompareTo(JsonNumber other)
    {
        if (Sign != other.Sign || Sign == 0)
            return Sign.CompareTo(other.Sign);
        // Where the point stands decides, unless it stands at the same place: so no great power of ten is ever made.
        var magnitude = ((long)_digits + _exponent).CompareTo((long)other._digits + other._exponent);
        if (magnitude != 0)
            return magnitude * Sign;
        var shift = _exponent - other._exponent;
        return shift >= 0
            ? (_mantissa * BigInteger.Pow(10, shift)).CompareTo(other._mantissa)
            : _mantissa.CompareTo(other._mantissa * BigInteger.Pow(10, -shift));
    }

    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (Sign == 0)
            return true;
        var shift = (long)_exponent - divisor._exponent;
        if (shift >= 0)
            return (_mantissa * BigInteger.ModPow(10, shift, divisor._mantissa) % divisor._mantissa).IsZero;
        // A mantissa cannot be divided by a power of ten that is longer than itself.
        return -shift <= _digits && (_mantissa % (divisor._mantissa * BigInteger.Pow(10, (int)-shift))).IsZero;
    }

    public BigInteger ToBigInteger() => _mantissa * BigInteger.Pow(10, _exponent);

    /// <summary>Cut off where no comparison can tell the difference.</summary>
    private static long Exponent(ReadOnlySpan<byte> text)
    {
        const long most = 1_000_000_000;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent))
            exponent = text[0] == '-' ? -most : most;
        return Math.Clamp(exponent, -most, most);
    }
}
