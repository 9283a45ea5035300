using System.Text;

namespace Actors.Chaos.Pack;

/// <summary>Text that the checker can make again.</summary>
internal static class ChaosText
{
    /// <summary>As many characters as asked for, every line of it naming the token.</summary>
    public static string Of(string token, int length)
    {
        var text = new StringBuilder(length + 100);
        for (var line = 0; text.Length < length; line++)
            text.Append(token).Append(' ').Append(line).Append('\n');
        return text.ToString(0, length);
    }
}
