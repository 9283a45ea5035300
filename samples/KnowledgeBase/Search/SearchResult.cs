using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Actors.KnowledgeBase.Search;

/// <summary>What search_docs found.</summary>
internal sealed record SearchResult(
    [property: Description("Best first; the best section of each document, before second ones of any")] IReadOnlyList<SearchHit> Hits,
    // The SDK leaves nulls out, but its schema says that every member is there, and clients hold it to that.
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [property: Description("What to do when there are no hits; null otherwise")] string? Advice);
