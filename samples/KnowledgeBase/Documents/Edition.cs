using System.Text.RegularExpressions;

namespace Actors.KnowledgeBase.Documents;

/// <summary>
/// Documentation is often kept in dated editions, <c>guide/2025-11-25/x.md</c> beside <c>guide/2026-07-28/x.md</c> and
/// <c>guide/draft/x.md</c>. They are one family, of which a search shows one.
/// </summary>
/// <param name="Family">The path with the edition taken out.</param>
/// <param name="Name">The date, <c>draft</c>, or nothing where the path names no edition.</param>
internal readonly partial record struct Edition(string Family, string Name)
{
    public static Edition Of(string path) => Segment().Match(path) is { Success: true } match
        ? new Edition($"{path[..match.Index]}/*{path[(match.Index + match.Length)..]}", match.Groups[1].Value)
        : new Edition(path, "");

    [GeneratedRegex(@"/(\d{4}-\d{2}-\d{2}|draft)(?=/)", RegexOptions.CultureInvariant)]
    private static partial Regex Segment();
}
