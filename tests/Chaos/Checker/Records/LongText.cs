using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Chaos.Checker.Records;

/// <summary>Stands for a text that is too long to be kept a thousand times.</summary>
public static class LongText
{
    /// <summary>Longer texts are replaced.</summary>
    public const int KeptLength = 1_000;

    /// <summary>The text itself, or what stands for it: two texts have the same only if they are the same.</summary>
    public static string Of(string text) => text.Length <= KeptLength
        ? text
        : string.Create(CultureInfo.InvariantCulture, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}:{text.Length}");
}
