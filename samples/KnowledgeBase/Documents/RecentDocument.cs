using System.ComponentModel;

namespace Actors.KnowledgeBase.Documents;

/// <summary>A document of the list of recent ones.</summary>
internal sealed record RecentDocument(
    [property: Description("The document, as get_doc takes it")] string Path,
    string Title,
    [property: Description("When the file was last changed")] DateTimeOffset ModifiedAt);
