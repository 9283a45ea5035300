namespace Actors.KnowledgeBase.Tests;

public sealed class McpDocsTests(Library library)
{
    /// <summary>Questions whose answer is the subject of one document of the corpus; the editions of one document count as one.</summary>
    [Fact]
    public async Task Questions_about_two_hundred_real_documents_are_answered_with_the_right_one_first()
    {
        Assert.SkipWhen(Library.McpDocs is null, "The documents are not beside this checkout, in ../shared/data/mcp-docs.");
        await using var client = await library.ClientAsync("mcp-docs");
        var report = await client.CallAsync("index_docs", new { folder = Library.McpDocs });
        Assert.InRange(report.GetProperty("indexed").GetInt32(), 200, 300);
        Assert.Equal(0, report.GetProperty("skippedCount").GetInt32());

        foreach (var (question, document) in ((string, string)[])
        [
            ("how does a client cancel a task", "mcp-docs/ext-tasks/tasks.md"),
            ("which protocol version do client and server negotiate", "mcp-docs/docs/specification/2026-07-28/basic/versioning.mdx"),
            ("how do I debug a server", "mcp-docs/docs/docs/2026-07-28/tools/debugging.mdx"),
        ])
        {
            var found = Library.Paths(await client.CallAsync("search_docs", new { query = question, limit = 5 }), "hits");
            Assert.Equal(document, found[0]);
        }
    }
}
