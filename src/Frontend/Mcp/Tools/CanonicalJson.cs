using System.Globalization;
using System.Text.Json;
using Actors.Frontend.Mcp.Responses;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>Writes a JSON value in its one spelling: members in the order of their names, numbers without what does not change them.</summary>
internal static class CanonicalJson
{
    public static byte[] Of(JsonElement value)
    {
        using var json = JsonBuffer.Rent();
        Write(json.Writer, value);
        return json.Written.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(value.GetRawText()), skipInputValidation: true);
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>All digits that count, and the power of ten that they are to be multiplied with.</summary>
    private static string Number(string text)
    {
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var exponent = 0L;
        // An exponent past all numbers is its own spelling.
        if (e >= 0 && !long.TryParse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return text;
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0');
        var significant = digits.TrimEnd('0');
        if (significant.Length == 0)
            return "0";
        exponent += digits.Length - significant.Length - (point < 0 ? 0 : mantissa.Length - point - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{(text[0] == '-' ? "-" : "")}{significant}e{exponent}");
    }
}
