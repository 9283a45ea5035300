namespace Orleans.GrainDirectory;

/// <summary>What a silo answers about a grain; nothing at all when another silo keeps its entry.</summary>
[GenerateSerializer]
[Alias("orleans.directory.answer")]
[Immutable]
internal sealed record DirectoryAnswer(
    [property: Id(0)] bool IsOwner, [property: Id(1)] long Version, [property: Id(2)] DirectoryEntry? Entry);
