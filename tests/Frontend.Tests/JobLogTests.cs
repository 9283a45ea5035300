using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>job_log: what of a journal is asked for, and what a journal keeps.</summary>
public sealed class JobLogTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_follow_each_other_by_the_cursor_and_say_whether_there_are_more()
    {
        var job = await WrittenAsync("paged", 6);

        var texts = new List<string?>();
        JsonElement page;
        var arguments = new JsonObject { ["limit"] = 3, ["search"] = "turn" };
        do
        {
            page = await LogAsync(job, arguments);
            Assert.InRange(page.GetProperty("entries").GetArrayLength(), 1, 3);
            texts.AddRange(Data(page));
            arguments["cursor"] = page.GetProperty("cursor").GetString();
        }
        while (page.GetProperty("more").GetBoolean());

        Assert.Equal(Enumerable.Range(1, 6).Select(turn => $"Turn {turn}"), texts);
    }

    [Fact]
    public async Task A_level_brings_the_lines_of_it_and_above()
    {
        var job = await WrittenAsync("levels", 1);

        Assert.Equal(["Déjà-vu at Error"], Data(await LogAsync(job, new() { ["level"] = "error" })));
        Assert.Equal(["Déjà-vu at Warning", "Déjà-vu at Error"], Data(await LogAsync(job, new() { ["level"] = "notice" })));
        Assert.Equal(["Turn 1", "Déjà-vu at Debug", "Déjà-vu at Warning", "Déjà-vu at Error"], Data(await LogAsync(job, new() { ["level"] = "debug" })));
        Assert.Empty(Data(await LogAsync(job, new() { ["level"] = "emergency" })));
    }

    [Fact]
    public async Task A_search_finds_upper_and_lower_case_and_letters_that_json_escapes()
    {
        var job = await WrittenAsync("searched", 2);

        Assert.Equal(["Déjà-vu at Debug", "Déjà-vu at Warning", "Déjà-vu at Error"], Data(await LogAsync(job, new() { ["search"] = "DÉJÀ" })));
        Assert.Equal(["Turn 2"], Data(await LogAsync(job, new() { ["search"] = "turn 2" })));
        Assert.Equal(["Déjà-vu at Error"], Data(await LogAsync(job, new() { ["search"] = "vu", ["tail"] = true, ["limit"] = 1 })));
        var states = (await LogAsync(job, new() { ["search"] = "completed" })).GetProperty("entries").EnumerateArray();
        Assert.Equal(["state"], states.Select(entry => entry.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task A_range_of_time_brings_what_lies_in_it()
    {
        var job = await WrittenAsync("ranged", 3);
        var all = (await LogAsync(job, [])).GetProperty("entries").EnumerateArray().ToArray();
        var ended = all[^1].GetProperty("at").GetString();

        var from = (await LogAsync(job, new() { ["from"] = ended })).GetProperty("entries").EnumerateArray().ToArray();
        var before = (await LogAsync(job, new() { ["to"] = all[0].GetProperty("at").GetString() })).GetProperty("entries");
        var future = await LogAsync(job, new() { ["from"] = "2100-01-01T00:00:00Z" });

        Assert.StartsWith("Completed", from[^1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.All(from, entry => Assert.True(string.CompareOrdinal(entry.GetProperty("at").GetString(), ended) >= 0));
        Assert.Equal(0, before.GetArrayLength());
        Assert.Equal(0, future.GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task A_long_journal_loses_its_oldest_progress_and_keeps_its_lines_and_states()
    {
        await using var app = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Storage:Journal:MaxEntriesPerJob"] = "60",
            ["Actors:Storage:Journal:FlushEvery"] = "00:00:00.010",
        });
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        var wire = new Wire(http, null);
        var job = await server.CreateTaskAsync("write_much", new() { ["steps"] = 400 }, Token, wire: wire);
        await server.UntilAsync(job, "completed", Token, wire);

        var entries = new List<JsonElement>();
        var arguments = new JsonObject { ["job_id"] = job, ["limit"] = 200 };
        JsonElement page;
        do
        {
            page = (await wire.CallAsync("job_log", arguments, null, Token)).Result.GetProperty("structuredContent");
            entries.AddRange(page.GetProperty("entries").EnumerateArray());
            arguments["cursor"] = page.GetProperty("cursor").GetString();
        }
        while (page.GetProperty("more").GetBoolean());

        Assert.InRange(entries.Count, 41, 76);
        var lines = entries.Where(entry => Kind(entry) == "log").Select(entry => entry.GetProperty("data").GetString());
        Assert.Equal(Enumerable.Range(1, 40).Select(line => $"line {line * 10}"), lines);
        Assert.Equal(["Running", "Completed"], entries.Where(entry => Kind(entry) == "state").Select(entry => entry.GetProperty("text").GetString()!.Split(':')[0]));
        var progress = entries.Where(entry => Kind(entry) == "progress").Select(entry => entry.GetProperty("data").GetProperty("progress").GetInt32()).ToArray();
        Assert.InRange(progress.Length, 1, 34);
        Assert.True(progress[0] > 300, $"Progress of step {progress[0]} was kept, and later progress was not.");
    }

    private async Task<string> WrittenAsync(string name, int turns)
    {
        var job = await server.CreateTaskAsync("write_log", new() { ["name"] = name, ["turns"] = turns }, Token);
        for (var turn = 0; turn < turns; turn++)
            WritingJob.GoOn(name);
        await server.UntilAsync(job, "completed", Token);
        return job;
    }

    private async Task<JsonElement> LogAsync(string job, JsonObject arguments)
    {
        arguments["job_id"] = job;
        var reply = await server.Wire.CallAsync("job_log", arguments.DeepClone().AsObject(), null, Token);
        Assert.False(reply.IsToolError, reply.Text);
        return reply.Result.GetProperty("structuredContent");
    }

    private static IEnumerable<string?> Data(JsonElement page) =>
        page.GetProperty("entries").EnumerateArray().Where(entry => Kind(entry) == "log").Select(entry => entry.GetProperty("data").GetString());

    private static string? Kind(JsonElement entry) => entry.GetProperty("kind").GetString();
}
