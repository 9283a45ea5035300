using System.Text.Json;
using Actors.PackServer;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Actors.KnowledgeBase.Tests;

// Each test searches as a tenant of its own, so that what others index does not count.
public sealed class SearchTests(Library library)
{
    [Fact]
    public async Task The_section_about_the_question_comes_first_with_its_words_marked()
    {
        await using var client = await IndexedAsync(
            ("ships.md", "# Ships\n\nShips sail.\n\n## Anchors\n\nAn anchor keeps a ship in its place when the wind blows."),
            ("trains.md", "# Trains\n\nTrains run on rails. The conductor of a ship is called a captain; an anchor is not needed."));

        var hits = await HitsAsync(client, "how does an anchor keep the ship in place");

        Assert.EndsWith("/ships.md", hits[0].GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal("Ships > Anchors", hits[0].GetProperty("heading").GetString());
        Assert.Contains("**anchor** **keeps** a **ship**", hits[0].GetProperty("snippet").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heading_counts_more_than_the_text_and_a_rare_word_more_than_a_common_one()
    {
        await using var client = await IndexedAsync(
            ("a.md", "# Zebras\n\nStriped."),
            ("b.md", "# Animals\n\nAmong others zebras."),
            ("c.md", "# Animals\n\nAnimals, animals, and more animals."));

        Assert.Equal(["a.md", "b.md"], Names(await HitsAsync(client, "zebra")));
        Assert.Equal("b.md", Names(await HitsAsync(client, "zebra among animals"))[0]);
    }

    [Fact]
    public async Task The_best_section_of_each_document_comes_before_second_ones()
    {
        await using var client = await IndexedAsync(
            ("a.md", "# Kilns\n\n## Firing kilns\n\nA kiln is fired.\n\n## Cooling kilns\n\nA kiln is cooled."),
            ("b.md", "# Pots\n\nPots come out of the kiln."));

        Assert.Equal(["a.md", "b.md", "a.md"], Names(await HitsAsync(client, "kiln")));
        Assert.Equal(["a.md", "b.md"], Names(await HitsAsync(client, "kiln", limit: 2)));
    }

    [Fact]
    public async Task Quotes_minus_and_or_narrow_the_search()
    {
        await using var client = await IndexedAsync(("a.md", "green tea in the morning"), ("b.md", "tea, black or green"), ("c.md", "coffee"));

        Assert.Equal(["a.md"], Names(await HitsAsync(client, "\"green tea\"")));
        Assert.Equal(["b.md"], Names(await HitsAsync(client, "tea -morning")));
        Assert.Equal(["a.md", "c.md"], Names(await HitsAsync(client, "morning OR coffee")).Order());
    }

    [Fact]
    public async Task Of_the_editions_of_a_document_the_newest_is_shown_unless_the_question_names_another()
    {
        await using var client = await IndexedAsync(
            ("guide/2024-11-05/x.md", "# Valves\n\nOpen the valve."), ("guide/2026-07-28/x.md", "# Valves\n\nOpen the valve slowly."), ("guide/draft/x.md", "# Valves\n\nOpen the valve."));

        var newest = Assert.Single(await HitsAsync(client, "open the valve"));
        Assert.EndsWith("guide/2026-07-28/x.md", newest.GetProperty("path").GetString(), StringComparison.Ordinal);
        Assert.Equal(["2024-11-05", "draft"], newest.GetProperty("otherEditions").EnumerateArray().Select(path => path.GetString()!.Split('/')[^2]));
        var named = Assert.Single(await HitsAsync(client, "open the valve 2024-11-05"));
        Assert.EndsWith("guide/2024-11-05/x.md", named.GetProperty("path").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 10, "The query is empty")]
    [InlineData("a\0b", 10, "NUL")]
    [InlineData("x", 0, "The limit must be from 1 to 50")]
    [InlineData("x", 51, "The limit must be from 1 to 50")]
    public async Task A_search_that_cannot_be_is_refused_with_what_to_do(string query, int limit, string refusal)
    {
        await using var client = await library.ClientAsync();

        Assert.Contains(refusal, await client.RefusalAsync("search_docs", new { query, limit }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_is_taken_up_to_its_limit_and_refused_past_it()
    {
        await using var client = await IndexedAsync(("a.md", "something"));

        await client.CallAsync("search_docs", new { query = new string('x', 1000), limit = 50 });
        Assert.Contains("1000 are allowed", await client.RefusalAsync("search_docs", new { query = new string('x', 1001) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unheardof")]
    [InlineData("the of and")]
    [InlineData("-only")]
    [InlineData("' \\ & | ! ( ) : *")]
    public async Task A_search_without_a_match_says_what_to_try(string query)
    {
        await using var client = await IndexedAsync(("a.md", "something only"));

        var found = await client.CallAsync("search_docs", new { query });

        Assert.Empty(found.GetProperty("hits").EnumerateArray());
        Assert.Contains("index_docs", found.GetProperty("advice").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_document_is_read_in_parts_that_together_are_the_file()
    {
        var text = string.Concat(Enumerable.Range(0, 9000).Select(n => $"{n} "));
        var folder = library.NewFolder(("long.md", text));
        await using var client = await library.ClientAsync();
        await client.CallAsync("index_docs", new { folder = folder.Path });

        var read = "";
        for (int? offset = 0; offset is not null;)
        {
            var page = await client.CallAsync("get_doc", new { path = $"{folder.Path}/long.md", offset });
            Assert.InRange(page.GetProperty("text").GetString()!.Length, 1, Library.MaxDocumentChars);
            read += page.GetProperty("text").GetString();
            offset = page.GetProperty("nextOffset").Deserialize<int?>();
        }

        Assert.Equal(text, read);
    }

    [Fact]
    public async Task An_unknown_path_is_answered_with_those_of_the_same_name()
    {
        var name = $"{Guid.NewGuid():N}.md";
        var folder = library.NewFolder(($"deep/{name}", "x"));
        await using var client = await library.ClientAsync();
        await client.CallAsync("index_docs", new { folder = folder.Path });

        var refusal = await client.RefusalAsync("get_doc", new { path = name });

        Assert.EndsWith($"There is no document '{name}'. Did you mean '{folder.Path}/deep/{name}'?", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recent_documents_are_those_whose_files_changed_the_latest_first()
    {
        var folder = library.NewFolder(("old.md", "old"), ("newer.md", "newer"), ("newest.md", "newest"));
        File.SetLastWriteTimeUtc(folder.File("old.md"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-30));
        File.SetLastWriteTimeUtc(folder.File("newer.md"), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-2));
        var tenant = NewTenant();
        await using var client = await library.ClientAsync(tenant);
        await client.CallAsync("index_docs", new { folder = folder.Path });

        Assert.Equal(["newest.md", "newer.md"], Library.Paths(await client.CallAsync("list_recent", new { days = 7 }), "documents").Select(Path.GetFileName));
        var one = await client.CallAsync("list_recent", new { days = 60, limit = 1 });
        Assert.Equal(["newest.md"], Library.Paths(one, "documents").Select(Path.GetFileName));
        Assert.True(one.GetProperty("more").GetBoolean());
        Assert.Contains("1 to 3650", await client.RefusalAsync("list_recent", new { days = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_a_resource_by_its_path()
    {
        var folder = library.NewFolder(("sub folder/a b.md", "# Hello"));
        await using var client = await library.ClientAsync();
        await client.CallAsync("index_docs", new { folder = folder.Path });

        var read = await client.Mcp.ReadResourceAsync($"kb://doc/{folder.Path}/sub%20folder/a%20b.md", cancellationToken: TestContext.Current.CancellationToken);

        var contents = Assert.IsType<TextResourceContents>(Assert.Single(read.Contents));
        Assert.Equal(("# Hello", "text/markdown"), (contents.Text, contents.MimeType));
        var missing = await Assert.ThrowsAnyAsync<McpException>(
            async () => await client.Mcp.ReadResourceAsync($"kb://doc/{folder.Path}/missing.md", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("missing.md", missing.Message, StringComparison.Ordinal);
        var unstorable = await Assert.ThrowsAnyAsync<McpException>(
            async () => await client.Mcp.ReadResourceAsync($"kb://doc/{folder.Path}/a%00b.md", cancellationToken: TestContext.Current.CancellationToken));
        Assert.DoesNotContain("failed to serve", unstorable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_prompt_holds_the_question_and_the_best_sections()
    {
        await using var client = await IndexedAsync(("bees.md", "# Bees\n\nBees make honey."));

        var prompt = await client.Mcp.GetPromptAsync(
            "answer_from_kb", new Dictionary<string, object?> { ["question"] = "Who makes honey?" }, cancellationToken: TestContext.Current.CancellationToken);

        var text = Assert.IsType<TextContentBlock>(Assert.Single(prompt.Messages).Content).Text;
        Assert.Contains("Who makes honey?", text, StringComparison.Ordinal);
        Assert.Contains("bees.md (Bees)", text, StringComparison.Ordinal);
        Assert.Contains("Bees **make** **honey**", text, StringComparison.Ordinal);
    }

    private static string NewTenant() => $"t-{Guid.NewGuid():N}";

    private async Task<PackClient> IndexedAsync(params (string Name, string Text)[] files)
    {
        var folder = library.NewFolder(files);
        var client = await library.ClientAsync(NewTenant());
        await client.CallAsync("index_docs", new { folder = folder.Path });
        return client;
    }

    private static async Task<JsonElement[]> HitsAsync(PackClient client, string query, int limit = 10) =>
        [.. (await client.CallAsync("search_docs", new { query, limit })).GetProperty("hits").EnumerateArray()];

    private static string[] Names(JsonElement[] hits) => [.. hits.Select(hit => Path.GetFileName(hit.GetProperty("path").GetString()!))];
}
