using System.ComponentModel;

namespace Actors.KnowledgeBase.Indexing;

/// <summary>A file or folder that was passed over.</summary>
internal sealed record SkippedFile(
    [property: Description("Its path, as in the index")] string Path,
    [property: Description("Why, in a few words")] string Reason);
