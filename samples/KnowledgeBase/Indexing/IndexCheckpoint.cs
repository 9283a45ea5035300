namespace Actors.KnowledgeBase.Indexing;

/// <summary>How far a run is: everything up to a path is in the index, and this is what came of it.</summary>
internal sealed record IndexCheckpoint
{
    /// <summary>The path of the last file that is done; null at the start.</summary>
    public string? LastPath { get; init; }

    public int Indexed { get; init; }

    public int Unchanged { get; init; }

    public int Sections { get; init; }

    public int SkippedCount { get; init; }

    /// <summary>The first of the skipped files, as many as a result names.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    public IndexCheckpoint Skip(SkippedFile file, int maxListed) => this with
    {
        SkippedCount = SkippedCount + 1,
        Skipped = Skipped.Count < maxListed ? [.. Skipped, file] : Skipped,
    };
}
