using System.ComponentModel;

namespace Actors.KnowledgeBase.Documents;

/// <summary>What list_recent found.</summary>
internal sealed record RecentDocuments(
    [property: Description("The one changed last comes first")] IReadOnlyList<RecentDocument> Documents,
    [property: Description("Whether there are more than the limit let through")] bool More);
