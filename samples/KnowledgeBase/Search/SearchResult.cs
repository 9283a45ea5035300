using System.ComponentModel;

namespace Actors.KnowledgeBase.Search;

/// <summary>What search_docs found.</summary>
internal sealed record SearchResult(
    [property: Description("Best first; the best section of each document, before second ones of any")] IReadOnlyList<SearchHit> Hits,
    [property: Description("What to do when the hits are few or none; absent otherwise")] string? Advice);
