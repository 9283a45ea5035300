using Actors.KnowledgeBase.Markdown;

namespace Actors.KnowledgeBase.Indexing;

/// <summary>A file that is ready to be written into the index.</summary>
internal sealed record ReadFile(string Path, byte[] Hash, DateTimeOffset ModifiedAt, string Text, MarkdownDocument Document);
