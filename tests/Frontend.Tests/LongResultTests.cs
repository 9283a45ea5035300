using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Results too large for their job's row: what stands for them, how the whole is read, and what limits them.</summary>
public sealed class LongResultTests(Server server)
{
    private const int TextChars = 900_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_result_is_given_as_its_beginning_its_size_its_checksum_and_a_link()
    {
        var (job, task) = await RunAsync(TextChars);

        var result = task.GetProperty("result");
        var content = result.GetProperty("content");
        Assert.StartsWith(LongResultJob.Text(2000), content[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains($"\"job_id\":\"{job}\"", content[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("resource_link", content[2].GetProperty("type").GetString());
        Assert.Equal($"job://{job}/result", content[2].GetProperty("uri").GetString());
        var about = result.GetProperty("_meta").GetProperty("actors/result");
        Assert.Equal(content[2].GetProperty("size").GetInt64(), about.GetProperty("size").GetInt64());
        Assert.InRange(about.GetProperty("size").GetInt64(), TextChars, 2 * TextChars);
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.InRange(result.GetRawText().Length, 2000, 20_000);
    }

    [Fact]
    public async Task Its_pieces_make_the_whole_and_have_the_checksum()
    {
        var (job, task) = await RunAsync(TextChars);
        var about = task.GetProperty("result").GetProperty("_meta").GetProperty("actors/result");

        var whole = new StringBuilder();
        var query = "";
        while (true)
        {
            var piece = Contents(await ReadAsync($"job://{job}/result{query}", server.Wire));
            whole.Append(piece.GetProperty("text").GetString());
            var range = piece.GetProperty("_meta").GetProperty("actors/range");
            Assert.Equal(about.GetProperty("size").GetInt64(), range.GetProperty("size").GetInt64());
            Assert.Equal(about.GetProperty("sha256").GetString(), range.GetProperty("sha256").GetString());
            if (!range.TryGetProperty("nextOffset", out var next))
                break;
            query = $"?offset={next.GetInt64()}&length=300001";
        }

        var bytes = Encoding.UTF8.GetBytes(whole.ToString());
        Assert.Equal(about.GetProperty("size").GetInt64(), bytes.Length);
        Assert.Equal(about.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal(LongResultJob.Text(TextChars), JsonElement.Parse(whole.ToString()).GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_model_reads_it_piece_by_piece_with_job_result()
    {
        var (job, _) = await RunAsync(300_000);
        var beginning = await server.Wire.CallAsync("job_result", new() { ["job_id"] = job }, null, Token);
        Assert.Contains("offset", beginning.Result.GetProperty("content")[1].GetProperty("text").GetString(), StringComparison.Ordinal);

        var whole = new StringBuilder();
        var arguments = new JsonObject { ["job_id"] = job, ["offset"] = 0, ["length"] = 100_000 };
        while (true)
        {
            var piece = await server.Wire.CallAsync("job_result", arguments.DeepClone().AsObject(), null, Token);
            whole.Append(piece.ToolText);
            if (!piece.Result.GetProperty("structuredContent").TryGetProperty("next_offset", out var next))
                break;
            arguments["offset"] = next.GetInt64();
        }

        Assert.Equal(LongResultJob.Text(300_000), JsonElement.Parse(whole.ToString()).GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Nobody_else_reads_it()
    {
        var (job, _) = await RunAsync(300_000);

        foreach (var wire in new[] { server.OtherTenant, server.Colleague })
        {
            Assert.Equal("Resource not found.", (await ReadAsync($"job://{job}/result?offset=0", wire)).ErrorMessage);
            Assert.True((await wire.CallAsync("job_result", new() { ["job_id"] = job, ["offset"] = 0 }, null, Token)).IsToolError);
        }
    }

    [Fact]
    public async Task A_result_under_the_threshold_is_given_whole()
    {
        var (job, task) = await RunAsync(100_000);

        Assert.Equal(LongResultJob.Text(100_000), task.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
        var read = Contents(await ReadAsync($"job://{job}/result", server.Wire));
        Assert.Equal("application/json", read.GetProperty("mimeType").GetString());
        Assert.False(read.TryGetProperty("_meta", out _));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(200_000, false)]
    public async Task Structured_content_is_kept_where_it_is_small(int chars, bool isKept)
    {
        var id = await server.CreateTaskAsync("long_result", new() { ["textChars"] = 300_000, ["structuredChars"] = chars }, Token);
        var task = await server.UntilAsync(id, "completed", Token);

        Assert.Equal(isKept, task.GetProperty("result").TryGetProperty("structuredContent", out _));
        var whole = new StringBuilder();
        for (var offset = 0L; ;)
        {
            var piece = Contents(await ReadAsync($"job://{id}/result?offset={offset}", server.Wire));
            whole.Append(piece.GetProperty("text").GetString());
            if (!piece.GetProperty("_meta").GetProperty("actors/range").TryGetProperty("nextOffset", out var next))
                break;
            offset = next.GetInt64();
        }
        Assert.Equal(chars, JsonElement.Parse(whole.ToString()).GetProperty("structuredContent").GetProperty("filler").GetString()!.Length);
    }

    [Fact]
    public async Task What_is_over_the_hard_limit_or_the_tenants_room_fails_its_job_and_names_the_limit()
    {
        await using var app = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Jobs:SpillResultBytes"] = "10000",
            ["Actors:Jobs:MaxResultBytes"] = "60000",
            ["Actors:Quotas:MaxStoredBytes"] = "80000",
        });
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        var wire = new Wire(http, null);

        var tooLarge = await EndAsync(60_000);
        var first = await EndAsync(25_000);
        var second = await EndAsync(25_000);
        var third = await EndAsync(5_000);

        Assert.Contains("over the limit of 60000 bytes", tooLarge.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True(first.GetProperty("status").GetString() == "completed", first.GetRawText());
        var error = second.GetProperty("error");
        Assert.Matches("^The result of 'long_result' has [0-9]+ bytes, for which the tenant has no room. The limit of bytes stored for the tenant is reached: [0-9]+ of 80000. Try again in 60 s.$", error.GetProperty("message").GetString());
        var data = error.GetProperty("data");
        Assert.Equal(("bytes stored for the tenant", 80000, 60000), (data.GetProperty("limit").GetString(), data.GetProperty("value").GetInt64(), data.GetProperty("retryAfterMs").GetInt64()));
        Assert.InRange(data.GetProperty("current").GetInt64(), 40_000, 80_000);
        Assert.True(third.GetProperty("status").GetString() == "completed", third.GetRawText());

        async Task<JsonElement> EndAsync(int chars)
        {
            var id = await server.CreateTaskAsync("long_result", new() { ["textChars"] = chars }, Token, wire: wire);
            return await server.UntilAsync(id, task => task.GetProperty("status").GetString() is "completed" or "failed", Token, wire);
        }
    }

    private async Task<(string Job, JsonElement Task)> RunAsync(int chars)
    {
        var id = await server.CreateTaskAsync("long_result", new() { ["textChars"] = chars }, Token);
        return (id, await server.UntilAsync(id, "completed", Token));
    }

    private static Task<Reply> ReadAsync(string uri, Wire wire) => wire.SendAsync("resources/read", new() { ["uri"] = uri }, null, Token);

    private static JsonElement Contents(Reply reply) => reply.Result.GetProperty("contents")[0];
}
