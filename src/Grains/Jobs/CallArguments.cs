using System.Text.Json;

namespace Actors.Grains.Jobs;

/// <summary>
/// Compares calls by the values of their arguments: another order of members, another spelling of a number or a string, and another
/// progress token are the same call.
/// </summary>
internal static class CallArguments
{
    // As deep as a frontend may be told to take.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    private static readonly JsonElement None = JsonElement.Parse("{}"u8);

    /// <param name="one">UTF-8 JSON of a tools/call's params.</param>
    /// <param name="other">Another's.</param>
    public static bool AreSame(byte[] one, byte[] other)
    {
        if (one.AsSpan().SequenceEqual(other))
        {
            return true;
        }

        using var first = JsonDocument.Parse(one, Deep);
        using var second = JsonDocument.Parse(other, Deep);
        try
        {
            return JsonElement.DeepEquals(Of(first), Of(second));
        }
        catch (ArgumentOutOfRangeException)
        {
            // An exponent past all numbers, which the comparison does not take: only the same bytes are the same.
            return false;
        }
    }

    private static JsonElement Of(JsonDocument parameters) =>
        parameters.RootElement.TryGetProperty("arguments", out var arguments) ? arguments : None;
}
