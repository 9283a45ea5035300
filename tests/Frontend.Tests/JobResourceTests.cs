using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>The resources of a job: what they hold, who may read them, and who hears that they changed.</summary>
public sealed class JobResourceTests(Server server)
{
    private const string Updated = "notifications/resources/updated";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Sessions => [.. Wire.Versions[1..]];

    [Fact]
    public async Task The_templates_are_listed_after_those_of_the_packs()
    {
        var listed = (await server.Wire.SendAsync("resources/templates/list", null, null, Token)).Result.GetProperty("resourceTemplates")
            .EnumerateArray().Select(template => template.GetProperty("uriTemplate").GetString()!).ToArray();

        Assert.Contains("test://template/{id}/data", listed[..^3]);
        Assert.Equal(
            ["job://{id}", "job://{id}/result{?offset,length}", "job://{id}/log{?cursor,tail,from,to,level,search,limit}"], listed[^3..]);
    }

    [Fact]
    public async Task A_packs_own_resource_is_read_as_before()
    {
        var read = await server.Wire.SendAsync("resources/read", new() { ["uri"] = "test://static-text" }, null, Token);

        Assert.Equal("This is the static text.", read.Result.GetProperty("contents")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_job_is_read_in_revision_2026()
    {
        var job = await EndedAsync(2);

        var state = await ReadAsync($"job://{job}");
        var result = await ReadAsync($"job://{job}/result");
        var log = await ReadAsync($"job://{job}/log?level=warning");

        Assert.Equal(0, state.Result.GetProperty("ttlMs").GetInt64());
        Assert.Equal("private", state.Result.GetProperty("cacheScope").GetString());
        Assert.Equal("complete", state.Result.GetProperty("resultType").GetString());
        CheckContents(job, Contents(state), Contents(result), Contents(log));
    }

    [Theory, MemberData(nameof(Sessions))]
    public async Task A_job_is_read_in_every_revision_with_sessions(string version)
    {
        var job = await EndedAsync(2);
        var session = await server.OpenSessionAsync(Token, version);

        var state = await session.SendAsync("resources/read", new() { ["uri"] = $"job://{job}" }, Token);
        var result = await session.SendAsync("resources/read", new() { ["uri"] = $"job://{job}/result" }, Token);
        var log = await session.SendAsync("resources/read", new() { ["uri"] = $"job://{job}/log?level=warning" }, Token);

        Assert.False(state.Result.TryGetProperty("ttlMs", out _));
        CheckContents(job, Contents(state), Contents(result), Contents(log));
        var templates = (await session.SendAsync("resources/templates/list", [], Token)).Result.GetProperty("resourceTemplates");
        Assert.Contains(templates.EnumerateArray(), template => template.GetProperty("uriTemplate").GetString() == "job://{id}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/result")]
    [InlineData("/log")]
    public async Task An_unknown_job_and_somebody_elses_are_not_found_in_the_same_words(string resource)
    {
        var job = await EndedAsync(0);
        var session = await server.OpenSessionAsync(Token, key: (await server.CreateKeyAsync("acme", "mallory", Token)).Key);
        foreach (var id in new[] { job, Jobs.JobKey.NewId() })
        {
            var uri = $"job://{id}{resource}";
            foreach (var wire in new[] { server.OtherTenant, server.Colleague })
            {
                var modern = await ReadAsync(uri, wire);
                Assert.Equal(-32602, modern.Code);
                Assert.Equal("Resource not found.", modern.ErrorMessage);
                Assert.Equal(uri, modern.Error.GetProperty("data").GetProperty("uri").GetString());
            }
            foreach (var method in new[] { "resources/read", "resources/subscribe" })
            {
                var legacy = await session.SendAsync(method, new() { ["uri"] = uri }, Token);
                Assert.Equal(-32002, legacy.Code);
                Assert.Equal("Resource not found.", legacy.ErrorMessage);
            }
        }
    }

    [Fact]
    public async Task A_result_that_is_not_there_yet_is_not_found_and_says_why()
    {
        var job = await server.CreateTaskAsync("write_log", new() { ["name"] = "pending", ["turns"] = 1 }, Token);

        Assert.Contains("it is running", (await ReadAsync($"job://{job}/result")).ErrorMessage, StringComparison.Ordinal);

        WritingJob.GoOn("pending");
        await server.UntilAsync(job, "completed", Token);
        Assert.Contains("Wrote 1 lines.", Contents(await ReadAsync($"job://{job}/result")).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pieces_of_a_result_make_the_whole()
    {
        var job = await server.CreateTaskAsync("slow_compute", new() { ["seconds"] = 0, ["label"] = "öäü€😀öäü€😀öäü€😀" }, Token);
        await server.UntilAsync(job, "completed", Token);
        var whole = Contents(await ReadAsync($"job://{job}/result")).GetProperty("text").GetString()!;

        var pieces = new StringBuilder();
        long? next = 0;
        while (next is { } offset)
        {
            var piece = Contents(await ReadAsync($"job://{job}/result?offset={offset}&length=17"));
            var range = piece.GetProperty("_meta").GetProperty("actors/range");
            Assert.Equal(offset, range.GetProperty("offset").GetInt64());
            Assert.Equal(Encoding.UTF8.GetByteCount(whole), range.GetProperty("size").GetInt64());
            Assert.Equal(Encoding.UTF8.GetByteCount(piece.GetProperty("text").GetString()!), range.GetProperty("length").GetInt32());
            pieces.Append(piece.GetProperty("text").GetString());
            next = range.TryGetProperty("nextOffset", out var following) ? following.GetInt64() : null;
        }

        Assert.Equal(whole, pieces.ToString());
        // Behind the end.
        Assert.Equal("", Contents(await ReadAsync($"job://{job}/result?offset=100000")).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("/log?levle=error", "levle")]
    [InlineData("/log?level=loud", "'level'")]
    [InlineData("/log?limit=0", "'limit'")]
    [InlineData("/log?limit=201", "'limit'")]
    [InlineData("/log?cursor=forged", "'cursor'")]
    [InlineData("/log?from=yesterday-ish", "'from'")]
    [InlineData("/log?tail=perhaps", "'tail'")]
    [InlineData("/log?limit=1&limit=2", "more than once")]
    [InlineData("/result?length=15", "'length'")]
    [InlineData("/result?offset=-1", "'offset'")]
    [InlineData("?tail=true", "'tail'")]
    public async Task A_mistake_in_the_query_is_told_in_words(string rest, string names)
    {
        var reply = await ReadAsync($"job://{Jobs.JobKey.NewId()}{rest}");

        Assert.Equal(-32602, reply.Code);
        Assert.Contains("params.uri", reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(names, reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_hears_of_its_own_jobs_log_and_state_and_of_the_end_of_each()
    {
        var job = await server.CreateTaskAsync("write_log", new() { ["name"] = "heard", ["turns"] = 2 }, Token);
        var foreign = await server.CreateTaskAsync("slow_compute", new() { ["seconds"] = 0 }, Token, wire: server.Colleague);
        string[] mine = [$"job://{job}", $"job://{job}/result", $"job://{job}/log?tail=true"];
        var wanted = new JsonArray([.. mine.Select(uri => (JsonNode)uri), $"job://{foreign}", $"job://{Jobs.JobKey.NewId()}/log"]);
        await using var events = await server.Wire.ListenAsync(new() { ["resourceSubscriptions"] = wanted }, null, Token);
        var acknowledged = (await events.NextAsync(Token))!.Value.GetProperty("params").GetProperty("notifications").GetProperty("resourceSubscriptions");
        Assert.Equal(mine.Order(), acknowledged.EnumerateArray().Select(uri => uri.GetString()).Order());

        WritingJob.GoOn("heard");
        Assert.Equal(mine[2], Uri(await events.NextAsync(Updated, Token)));
        WritingJob.GoOn("heard");
        await server.UntilAsync(job, "completed", Token);
        // One of each, at least: the log may have more than one before its last.
        var ends = new HashSet<string?>();
        while (ends.Count < 3)
            ends.Add(Uri(await events.NextAsync(Updated, Token)));

        Assert.Equal(mine.Order(), ends.Order());
    }

    [Fact]
    public async Task Updates_of_a_busy_log_come_no_faster_than_the_interval()
    {
        var job = await server.CreateTaskAsync("write_log", new() { ["name"] = "busy", ["turns"] = 500 }, Token);
        var wanted = new JsonArray($"job://{job}/log", $"job://{job}/result");
        await using var events = await server.Wire.ListenAsync(new() { ["resourceSubscriptions"] = wanted }, null, Token);
        await events.NextAsync(Token);
        var startedAt = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 500; i++)
            WritingJob.GoOn("busy");

        // The result is told of once, after the end; and so is the log, once more.
        var (ofLog, hasEnded) = (0, false);
        while (!hasEnded || ofLog == 0)
        {
            if (Uri(await events.NextAsync(Updated, Token)) == $"job://{job}/log")
                ofLog++;
            else
                hasEnded = true;
        }

        Assert.InRange(ofLog, 1, (int)TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds + 2);
    }

    [Theory, MemberData(nameof(Sessions))]
    public async Task A_session_hears_of_the_jobs_resources_that_it_has_subscribed_to(string version)
    {
        var name = "session " + version;
        var job = await server.CreateTaskAsync("write_log", new() { ["name"] = name, ["turns"] = 2 }, Token);
        var session = await server.OpenSessionAsync(Token, version);
        await using var stream = await session.GetAsync(null, Token);
        foreach (var uri in new[] { $"job://{job}/log", $"job://{job}/result" })
            Assert.Equal("{}", (await session.SendAsync("resources/subscribe", new() { ["uri"] = uri }, Token)).Result.GetRawText());

        WritingJob.GoOn(name);
        Assert.Equal($"job://{job}/log", Uri(await stream.NextAsync(Updated, Token)));
        await session.SendAsync("resources/unsubscribe", new() { ["uri"] = $"job://{job}/log" }, Token);
        WritingJob.GoOn(name);

        string? ended;
        // One of the log may have been on its way.
        do
            ended = Uri(await stream.NextAsync(Updated, Token));
        while (ended != $"job://{job}/result");
    }

    private static void CheckContents(string job, JsonElement state, JsonElement result, JsonElement log)
    {
        foreach (var content in new[] { state, result, log })
            Assert.Equal("application/json", content.GetProperty("mimeType").GetString());
        Assert.Equal($"job://{job}", state.GetProperty("uri").GetString());
        Assert.Equal("completed", Json(state).GetProperty("status").GetString());
        Assert.Equal(job, Json(state).GetProperty("job_id").GetString());
        Assert.Equal("Wrote 2 lines.", Json(result).GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(["warning", "error"], Json(log).GetProperty("entries").EnumerateArray().Select(line => line.GetProperty("level").GetString()));
    }

    private async Task<string> EndedAsync(int turns)
    {
        var name = Jobs.JobKey.NewId();
        var job = await server.CreateTaskAsync("write_log", new() { ["name"] = name, ["turns"] = turns }, Token);
        for (var turn = 0; turn < turns; turn++)
            WritingJob.GoOn(name);
        await server.UntilAsync(job, "completed", Token);
        return job;
    }

    private Task<Reply> ReadAsync(string uri, Wire? wire = null) => (wire ?? server.Wire).SendAsync("resources/read", new() { ["uri"] = uri }, null, Token);

    private static JsonElement Contents(Reply reply) => reply.Result.GetProperty("contents")[0];

    private static JsonElement Json(JsonElement content) => JsonElement.Parse(content.GetProperty("text").GetString()!);

    private static string? Uri(JsonElement update) => update.GetProperty("params").GetProperty("uri").GetString();
}
