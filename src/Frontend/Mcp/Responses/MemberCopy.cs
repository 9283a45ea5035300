using System.Text.Json;

namespace Actors.Frontend.Mcp.Responses;

/// <summary>Copies members of a JSON object byte for byte.</summary>
internal static class MemberCopy
{
    /// <param name="writer">Stands inside an open object.</param>
    /// <param name="source">UTF-8 JSON object; null or empty: nothing to copy.</param>
    /// <param name="except">A member to leave out.</param>
    public static void WriteAllBut(Utf8JsonWriter writer, ReadOnlySpan<byte> source, ReadOnlySpan<byte> except)
    {
        if (source.IsEmpty)
            return;
        var reader = new Utf8JsonReader(source);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(except))
            {
                reader.Read();
                reader.Skip();
            }
            else
            {
                WriteOne(writer, ref reader, source);
            }
        }
    }

    /// <summary>Copies the member whose name the reader stands at.</summary>
    public static void WriteOne(Utf8JsonWriter writer, ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        writer.WritePropertyName(reader.GetString()!);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        writer.WriteRawValue(source[start..(int)reader.BytesConsumed], skipInputValidation: true);
    }
}
