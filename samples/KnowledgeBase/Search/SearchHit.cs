using System.ComponentModel;

namespace Actors.KnowledgeBase.Search;

/// <summary>A section that answers a search.</summary>
internal sealed record SearchHit
{
    [Description("The document, as get_doc takes it")]
    public required string Path { get; init; }

    public required string Title { get; init; }

    [Description("The headings above the section, outermost first")]
    public required string Heading { get; init; }

    [Description("What the section says about the question; the words that matched are in **bold**")]
    public required string Snippet { get; init; }

    [Description("Comparable within one search only; higher is better")]
    public required double Score { get; init; }

    [Description("When the file was last changed")]
    public required DateTimeOffset ModifiedAt { get; init; }

    [Description("Paths of the same document in other editions, which match too")]
    public required IReadOnlyList<string> OtherEditions { get; init; }
}
