using System.ComponentModel;
using Actors.Jobs;
using Actors.KnowledgeBase.Documents;
using Actors.KnowledgeBase.Folders;
using Actors.KnowledgeBase.Indexing;
using Actors.KnowledgeBase.Search;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Actors.KnowledgeBase;

/// <summary>The tools of the knowledge base. Whose it is comes from the job's tenant, never from an argument.</summary>
[McpServerToolType]
internal sealed class KnowledgeBaseTools(
    Roots roots, IndexRun run, DocumentSearch search, DocumentStore documents, IOptions<KnowledgeBaseOptions> options, TimeProvider time)
{
    private const int DefaultHits = 10;
    private const int DefaultRecent = 20;

    [Job(PollIntervalMs = 500)]
    [McpServerTool(Name = "index_docs", Title = "Index a folder of documents", ReadOnly = false, Destructive = false, Idempotent = true,
        OpenWorld = false, UseStructuredContent = true)]
    [Description("Reads every Markdown file (.md, .mdx) under a folder of the server into the knowledge base, so that search_docs and get_doc "
        + "find it. Takes seconds to minutes. Files that did not change are left alone and files that are gone are taken out, so run it "
        + "again whenever the documents have changed.")]
    [return: Description("What was indexed, removed and passed over")]
    public Task<IndexReport> IndexDocs(
        JobContext job,
        IProgress<ProgressNotificationValue> progress,
        [Description("The folder: one of the configured ones by its name, a folder in one of them ('docs/guides'), or an absolute path. "
            + "Leave it out for the default folder.")] string? folder = null,
        CancellationToken cancellationToken = default) =>
        run.RunAsync(roots.Resolve(folder), job, progress, cancellationToken);

    [McpServerTool(Name = "search_docs", Title = "Search the documents", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Finds the sections of the knowledge base that answer a question, best first, with snippets. Ask in plain words; "
        + "\"quotes\" ask for a phrase, OR for either of two words, and a minus excludes a word. Read the whole document with get_doc.")]
    public async Task<SearchResult> SearchDocs(
        JobContext job,
        [Description("The question or the words to look for")] string query,
        [Description("How many sections at most; 10 where it is left out")] int? limit = null,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(query))
            throw new McpException("The query is empty. Give the question, or some words to look for.");
        if (query.Contains('\0', StringComparison.Ordinal))
            throw new McpException("The query holds a NUL character. Leave it out.");
        if (query.Length > options.Value.MaxQueryChars)
            throw new McpException($"The query has {query.Length} characters; {options.Value.MaxQueryChars} are allowed. Ask in fewer words.");

        var hits = await search.SearchAsync(job.Tenant, query, Limit(limit, DefaultHits), cancellationToken);
        return new SearchResult(hits, hits.Count > 0
            ? null
            : "Nothing matches. Try other words or fewer quotes; and if nothing was indexed yet, run index_docs first.");
    }

    [McpServerTool(Name = "get_doc", Title = "Read a document", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Returns the Markdown of one document of the knowledge base, as it was indexed.")]
    public async Task<DocumentPage> GetDoc(
        JobContext job,
        [Description("The document's path as search_docs and list_recent give it, for example docs/architecture.md")] string path,
        [Description("Where to begin, in characters: the nextOffset of the part before")] int offset = 0,
        CancellationToken cancellationToken = default)
    {
        if (offset < 0)
            throw new McpException("The offset must be 0 or more.");
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new McpException("The path holds a NUL character. Leave it out.");
        return await documents.PageAsync(job.Tenant, path, offset, cancellationToken)
            ?? throw new McpException(await MissingAsync(job.Tenant, path, cancellationToken));
    }

    [McpServerTool(Name = "list_recent", Title = "List recently changed documents", ReadOnly = true, Idempotent = true, OpenWorld = false,
        UseStructuredContent = true)]
    [Description("Lists the documents of the knowledge base whose files changed in the last days, the latest first.")]
    public Task<RecentDocuments> ListRecent(
        JobContext job,
        [Description("How many days back, 1 to 3650")] int days = 7,
        [Description("How many documents at most; 20 where it is left out")] int? limit = null,
        CancellationToken cancellationToken = default) => days is < 1 or > 3650
            ? throw new McpException("The days must be from 1 to 3650.")
            : documents.RecentAsync(job.Tenant, time.GetUtcNow().AddDays(-days), Limit(limit, DefaultRecent), cancellationToken);

    private int Limit(int? limit, int otherwise) => limit switch
    {
        null => Math.Min(otherwise, options.Value.MaxResults),
        >= 1 when limit <= options.Value.MaxResults => limit.Value,
        _ => throw new McpException($"The limit must be from 1 to {options.Value.MaxResults}."),
    };

    private async Task<string> MissingAsync(string tenant, string path, CancellationToken cancellationToken)
    {
        var similar = await documents.SimilarAsync(tenant, path, cancellationToken);
        return similar.Count > 0
            ? $"There is no document '{path}'. Did you mean {string.Join(" or ", similar.Select(other => $"'{other}'"))}?"
            : $"There is no document '{path}'. Find one with search_docs or list_recent; if it is new, run index_docs first.";
    }
}
