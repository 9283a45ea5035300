using System.Text;

namespace Actors.Fuzz.Tests.Mutations;

/// <summary>JSON values that code tends not to expect.</summary>
internal static class Literals
{
    private static readonly string[] Odd =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e999", "-1e999", "1e-999", "2147483648", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "123456789012345678901234567890", "1E+2", "0.0000000000000000000000000000000000000001",
        "\"\"", "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\U0001F600\"", "\"\\uffff\"", "\"\u202e\u200b\"",
        "\"\u00e9e\u0301\"", "\"\\n\\r\\n\"", "\"\\r\\ndata: x\\n\\n\"", "\"<script>\"", "\"' OR 1=1 --\"", "\"../../etc\"", "\"%00%n%s\"", "\"{0}\"", "\"NaN\"",
        "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"9999-12-31T23:59:59-14:00\"", "\"1e999\"",
        "\"=?base64?AAAA?=\"", "\"00000000000000000000000000000000\"", "\"ffffffffffffffffffffffffffffffff\"", "\"no/such:name\"",
        "[]", "{}", "[[]]", "[null]", "{\"\":null}", "{\"a\":{\"b\":[1,2,{}]}}", "{\"__proto__\":{}}", "{\"\\u0000\":1}", "{\"\\ud800\":1}", "{\"a\":1,\"a\":2}",
    ];

    public static byte[] Any(Random random) => random.Next(12) switch
    {
        0 => Encoding.UTF8.GetBytes($"\"{new string((char)('a' + random.Next(26)), 1 << random.Next(6, 17))}\""),
        1 => Encoding.UTF8.GetBytes(random.Next(int.MinValue, int.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        2 => Nested("1"u8, random),
        3 => Encoding.UTF8.GetBytes(new string('9', 1 << random.Next(4, 10))),
        _ => Encoding.UTF8.GetBytes(Odd[random.Next(Odd.Length)]),
    };

    /// <summary>A value, deep inside others.</summary>
    public static byte[] Nested(ReadOnlySpan<byte> value, Random random)
    {
        var depth = random.Next(3) == 0 ? random.Next(50, 80) : 1 << random.Next(0, 10);
        var isArray = random.Next(2) == 0;
        var before = string.Concat(Enumerable.Repeat(isArray ? "[" : "{\"a\":", depth));
        return [.. Encoding.UTF8.GetBytes(before), .. value, .. Encoding.UTF8.GetBytes(new string(isArray ? ']' : '}', depth))];
    }
}
