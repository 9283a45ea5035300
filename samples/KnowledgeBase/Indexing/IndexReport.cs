using System.ComponentModel;

namespace Actors.KnowledgeBase.Indexing;

/// <summary>What index_docs did.</summary>
internal sealed record IndexReport
{
    [Description("The folder, as the paths of its documents begin")]
    public required string Folder { get; init; }

    [Description("Markdown files found")]
    public required int Files { get; init; }

    [Description("Files written into the index, because they are new or changed")]
    public required int Indexed { get; init; }

    [Description("Files left alone, because the index has them as they are")]
    public required int Unchanged { get; init; }

    [Description("Documents taken out of the index, because their files are gone")]
    public required int Removed { get; init; }

    [Description("Sections written")]
    public required int Sections { get; init; }

    [Description("Files and folders passed over; what the index had of them before stays")]
    public required int SkippedCount { get; init; }

    [Description("The first of them, with the reason of each")]
    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    [Description("The execution that finished the run: more than 1 when the server stopped in between and the run went on from its checkpoint")]
    public required int Attempt { get; init; }

    [Description("Files that were already done when this execution began")]
    public required int ResumedAfter { get; init; }
}
