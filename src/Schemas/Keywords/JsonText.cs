using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Actors.Schemas.Evaluation;

namespace Actors.Schemas.Keywords;

/// <summary>Looks into strings without making new ones where it can.</summary>
internal static class JsonText
{
    /// <summary>In Unicode code points (Validation, 6.3).</summary>
    public static int Length(JsonElement text, SchemaEvaluation evaluation)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        evaluation.StepBytes(raw.Length);
        if (raw.Contains((byte)'\\'))
            return text.GetString()!.EnumerateRunes().Count();
        var length = 0;
        foreach (var unit in raw)
        {
            if ((unit & 0xC0) != 0x80)
                length++;
        }
        return length;
    }

    /// <summary>A member's name, in <paramref name="buffer"/> where it fits.</summary>
    public static ReadOnlySpan<char> Name(JsonProperty member, Span<char> buffer)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Length > buffer.Length || raw.Contains((byte)'\\') ? member.Name : buffer[..Encoding.UTF8.GetChars(raw, buffer)];
    }

    public static ReadOnlySpan<char> Value(JsonElement text, Span<char> buffer)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return raw.Length > buffer.Length || raw.Contains((byte)'\\') ? text.GetString() : buffer[..Encoding.UTF8.GetChars(raw, buffer)];
    }
}
