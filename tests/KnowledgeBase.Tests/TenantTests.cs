using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.KnowledgeBase.Tests;

public sealed class TenantTests(Library library)
{
    [Fact]
    public async Task What_one_tenant_indexed_does_not_exist_for_another()
    {
        var word = $"w{Guid.NewGuid():N}";
        var folder = library.NewFolder(("a.md", $"# Private\n\nThe word is {word}."));
        await using var owner = await library.ClientAsync("owner");
        await using var stranger = await library.ClientAsync("stranger");
        await owner.CallAsync("index_docs", new { folder = folder.Path });
        Assert.Single(Library.Paths(await owner.CallAsync("search_docs", new { query = word }), "hits"));

        Assert.Empty(Library.Paths(await stranger.CallAsync("search_docs", new { query = word }), "hits"));
        Assert.DoesNotContain($"{folder.Path}/a.md", Library.Paths(await stranger.CallAsync("list_recent", new { limit = 50 }), "documents"));
        var refusal = await stranger.RefusalAsync("get_doc", new { path = $"{folder.Path}/a.md" });
        Assert.Contains("There is no document", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", await stranger.RefusalAsync("get_doc", new { path = $"x/{folder.Path}/{word}/a.md" }), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<McpException>(
            async () => await stranger.Mcp.ReadResourceAsync($"kb://doc/{folder.Path}/a.md", cancellationToken: TestContext.Current.CancellationToken));
        var prompt = await stranger.Mcp.GetPromptAsync(
            "answer_from_kb", new Dictionary<string, object?> { ["question"] = word }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("found nothing", ((TextContentBlock)prompt.Messages[0].Content).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_tenant_takes_out_stays_for_another()
    {
        var folder = library.NewFolder(("a.md", "a"));
        await using var first = await library.ClientAsync("first");
        await using var second = await library.ClientAsync("second");
        await first.CallAsync("index_docs", new { folder = folder.Path });
        await second.CallAsync("index_docs", new { folder = folder.Path });
        File.Delete(folder.File("a.md"));

        var report = await first.CallAsync("index_docs", new { folder = folder.Path });

        Assert.Equal(1, report.GetProperty("removed").GetInt32());
        await second.CallAsync("get_doc", new { path = $"{folder.Path}/a.md" });
    }
}
