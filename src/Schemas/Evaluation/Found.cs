using System.Text.Json;

namespace Actors.Schemas.Evaluation;

/// <summary>Words for what was found, never more of it than fits a line.</summary>
internal static class Found
{
    private const int LongestValue = 80;

    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"an object of {Count(value.GetPropertyCount(), "property", "properties")}",
        JsonValueKind.Array => $"an array of {Count(value.GetArrayLength(), "item", "items")}",
        JsonValueKind.String => "the string " + Cut(value.GetRawText(), LongestValue),
        JsonValueKind.Number => "the number " + Cut(value.GetRawText(), LongestValue),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    public static string Count(long count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";

    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..end] + "…";
    }
}
