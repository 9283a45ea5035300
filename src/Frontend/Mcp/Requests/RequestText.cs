using System.Text.Unicode;
using Actors.Frontend.Mcp.Errors;

namespace Actors.Frontend.Mcp.Requests;

/// <summary>
/// What must hold of a body before it is read: the JSON readers check the encoding of the strings that they unescape only, and the
/// others are passed on as they are.
/// </summary>
internal static class RequestText
{
    /// <exception cref="RefusedException">It is not text, or stands for none.</exception>
    public static void Check(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            throw new RefusedException(Refusal.NotJson, "The body is not valid UTF-8.");
        if (SurrogateEscapes.HasHalf(body))
            throw new RefusedException(
                Refusal.NotJson, "The body escapes half of a surrogate pair, such as \\ud800 alone, which stands for no text; send the whole pair.");
    }
}
