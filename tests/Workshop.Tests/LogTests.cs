using System.Text.Json;

namespace Actors.Workshop.Tests;

public sealed class LogTests(WorkshopServer server)
{
    [Fact]
    public async Task Lines_are_found_by_text_and_by_pattern_in_the_newest_file_first()
    {
        var word = $"w{Guid.NewGuid():N}"[..12];
        Write($"{word}-old.log", 2, $"first {word}", "nothing", $"second {word.ToUpperInvariant()} 42");
        Write($"{word}-new.log", 1, $"third {word} (7)");
        await using var client = await server.ClientAsync();

        Assert.Equal([$"{word}-new.log:1", $"{word}-old.log:1", $"{word}-old.log:3"], Found(await client.CallAsync("search_logs", new { pattern = word })));
        Assert.Equal([$"{word}-old.log:3"], Found(await client.CallAsync("search_logs", new { pattern = $@"{word} \d+$", regex = true })));
        Assert.Equal([$"{word}-new.log:1"], Found(await client.CallAsync("search_logs", new { pattern = $"{word} (7)" })));
    }

    [Fact]
    public async Task Lines_past_the_limit_are_left_out_and_the_result_says_so()
    {
        var word = $"w{Guid.NewGuid():N}";
        Write($"{word}.log", 1, [.. Enumerable.Repeat(word, 11)]);
        await using var client = await server.ClientAsync();

        var cut = await client.CallAsync("search_logs", new { pattern = word, limit = 10 });

        Assert.Equal(10, cut.GetProperty("lines").GetArrayLength());
        Assert.StartsWith("There are more than 10 lines", cut.GetProperty("truncated").GetString(), StringComparison.Ordinal);
        Assert.Contains("1 to 10", await client.RefusalAsync("search_logs", new { pattern = word, limit = 11 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_line_is_cut_off_and_a_link_is_not_followed()
    {
        var word = $"w{Guid.NewGuid():N}"[..12];
        Write($"{word}.log", 1, word + new string('x', 500), new string('x', 500) + word);
        File.CreateSymbolicLink(Path.Combine(server.Logs, $"{word}-link.log"), Path.Combine(server.Logs, $"{word}.log"));
        await using var client = await server.ClientAsync();

        var found = await client.CallAsync("search_logs", new { pattern = word });

        Assert.Equal([$"{word}.log:1"], Found(found));
        Assert.Equal(WorkshopServer.MaxLogLineChars, found.GetProperty("lines")[0].GetProperty("text").GetString()!.Length);
    }

    [Theory]
    [InlineData("(", "not a regular expression")]
    [InlineData("(a)\\1", "backreferences")]
    [InlineData("", "1 to 100 characters")]
    public async Task A_pattern_that_cannot_be_searched_for_is_refused(string pattern, string refusal)
    {
        await using var client = await server.ClientAsync();

        Assert.Contains(refusal, await client.RefusalAsync("search_logs", new { pattern, regex = true }), StringComparison.Ordinal);
    }

    private void Write(string name, int daysAgo, params string[] lines)
    {
        var file = Path.Combine(server.Logs, name);
        File.WriteAllLines(file, lines);
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-daysAgo));
    }

    private static string[] Found(JsonElement matches) =>
        [.. matches.GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("file").GetString()}:{line.GetProperty("line").GetInt32()}")];
}
