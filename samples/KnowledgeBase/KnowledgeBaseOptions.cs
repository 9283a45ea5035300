using System.ComponentModel.DataAnnotations;

namespace Actors.KnowledgeBase;

/// <summary>The section <c>KnowledgeBase</c> of the configuration.</summary>
public sealed class KnowledgeBaseOptions
{
    public const string Section = "KnowledgeBase";

    /// <summary>
    /// The folders that may be indexed, each with everything under it; relative ones start at the content root.
    /// The last part of a folder is the first part of its documents' paths. Default: <c>docs</c>.
    /// </summary>
    public string[] Roots { get; set; } = [];

    /// <summary>Bytes of the largest file that is indexed; a larger one is reported as skipped. Default: 1 MiB.</summary>
    [Range(1, 64 * 1024 * 1024)]
    public int MaxFileBytes { get; set; } = 1024 * 1024;

    /// <summary>Files in one run; a folder with more is refused. Default: 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxFilesPerRun { get; set; } = 20_000;

    /// <summary>Files that are written in one transaction and covered by one checkpoint. Default: 10.</summary>
    [Range(1, 1000)]
    public int BatchFiles { get; set; } = 10;

    /// <summary>Characters of one section; a longer one is indexed as several. Default: 20,000.</summary>
    [Range(1000, 200_000)]
    public int MaxSectionChars { get; set; } = 20_000;

    /// <summary>Skipped files that a result of index_docs names; the rest are counted. Default: 100.</summary>
    [Range(0, 10_000)]
    public int MaxSkippedListed { get; set; } = 100;

    /// <summary>Characters of a search question. Default: 1,000.</summary>
    [Range(1, 10_000)]
    public int MaxQueryChars { get; set; } = 1000;

    /// <summary>Results of one search or list. Default: 50.</summary>
    [Range(1, 500)]
    public int MaxResults { get; set; } = 50;

    /// <summary>Words of a snippet. Default: 60.</summary>
    [Range(10, 500)]
    public int SnippetWords { get; set; } = 60;

    /// <summary>Characters of a document that one call of get_doc returns; the rest is read with an offset. Default: 100,000.</summary>
    [Range(1000, 10_000_000)]
    public int MaxDocumentChars { get; set; } = 100_000;

    /// <summary>A pause before each file, to have time to watch, or kill, a run in a demonstration. Default: none.</summary>
    [Range(0, 60_000)]
    public int DelayPerFileMs { get; set; }

    internal IEnumerable<string> RootsOrDefault => Roots.Length > 0 ? Roots : ["docs"];

    internal static bool RootsHaveDistinctNames(KnowledgeBaseOptions options) =>
        options.RootsOrDefault.Select(Folders.Root.NameOf).Distinct(StringComparer.Ordinal).Count() == options.RootsOrDefault.Count();
}
