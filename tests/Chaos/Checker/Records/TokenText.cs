using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.Chaos.Checker.Records;

/// <summary>
/// The tokens that callers put into what they send, and tools into what they return: each names its owner, so an answer that holds
/// somebody else's gives itself away.
/// </summary>
public static partial class TokenText
{
    /// <param name="caller">"tenant/subject", both of a-z and 0-9.</param>
    /// <param name="number">Counts the tokens of a run.</param>
    public static string Create(string caller, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"tok-{caller.Replace('/', '.')}-{number}");

    /// <summary>The owners of all tokens in a text.</summary>
    public static IEnumerable<string> Owners(string text)
    {
        foreach (Match match in Token().Matches(text))
            yield return $"{match.Groups[1].Value}/{match.Groups[2].Value}";
    }

    [GeneratedRegex(@"tok-([a-z0-9]+)\.([a-z0-9]+)-[0-9]+")]
    private static partial Regex Token();
}
