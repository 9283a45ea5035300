namespace Actors.KnowledgeBase.Indexing;

/// <summary>What the index has of a file.</summary>
/// <param name="Hash">Of the file's bytes when it was indexed.</param>
/// <param name="IndexedBy">The job that wrote it.</param>
/// <param name="Sections">How many sections it has.</param>
internal sealed record KnownFile(byte[] Hash, string IndexedBy, int Sections);
