namespace Actors.KnowledgeBase.Folders;

/// <summary>A Markdown file of a folder, by its path in the index and on the disk.</summary>
internal sealed record FoundFile(string Path, string FullPath);
