using System.Text.Json;

namespace Actors.Storage.Jobs;

/// <summary>Whether an entry has a text, upper and lower case alike. Data is searched as a reader sees it, without JSON's escapes.</summary>
internal static class JournalSearch
{
    public static bool Finds(JournalLine line, string? text) =>
        string.IsNullOrEmpty(text) || Has(line.Text, text) || (line.Data is { } data && IsIn(data, text));

    private static bool IsIn(byte[] data, string text)
    {
        var reader = new Utf8JsonReader(data);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && Has(reader.GetString(), text)) return true;
            if (reader.TokenType is JsonTokenType.Number && Has(System.Text.Encoding.UTF8.GetString(reader.ValueSpan), text)) return true;
        }

        return false;
    }

    private static bool Has(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
}
