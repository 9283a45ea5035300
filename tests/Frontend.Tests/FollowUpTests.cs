using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What a caller lets follow its job's end: a call of another tool, and a message to a web server.</summary>
public sealed class FollowUpTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_completed_job_is_followed_by_a_call_with_its_result()
    {
        var job = await CallAsync("slow_compute", new() { ["seconds"] = 0, ["label"] = "it" }, Then("slow_compute", new()
        {
            ["seconds"] = 0,
            ["label"] = "[{{result.text}} by {{tool}} {{jobId}} {{status}}{{error}}]",
        }));

        var next = await FollowedByAsync(job);

        await server.UntilAsync(next, "completed", Token);
        Assert.Equal($"Computed [Computed it. by slow_compute {job} completed].", (await ToolAsync("job_result", next)).ToolText);
    }

    [Fact]
    public async Task A_place_that_is_a_whole_string_becomes_json()
    {
        // The second tool takes an integer there, and is refused an object: its own message shows what it got.
        var job = await CallAsync("slow_compute", new() { ["seconds"] = 0 }, Then("slow_compute", new() { ["seconds"] = 0, ["label"] = "{{result}}" }));

        var next = await FollowedByAsync(job);

        Assert.Equal("{\"seconds\":0,\"label\":{\"content\":[{\"type\":\"text\",\"text\":\"Computed the answer.\"}]}}", (await ArgumentsAsync(next))
            .Replace(",\"isError\":false", "", StringComparison.Ordinal).Replace(",\"resultType\":\"complete\"", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{{result}}")]
    [InlineData("{{result.text}}")]
    [InlineData("{{result.structured}}")]
    public async Task A_result_in_chunks_is_passed_whole(string place)
    {
        const int Chars = 300_000;
        var job = await CallAsync("long_result", new() { ["textChars"] = Chars, ["structuredChars"] = Chars }, Then("slow_compute", new() { ["seconds"] = 0, ["label"] = place }));

        var label = JsonElement.Parse(await ArgumentsAsync(await FollowedByAsync(job))).GetProperty("label");

        switch (place)
        {
            case "{{result}}":
                Assert.Equal(LongResultJob.Text(Chars), label.GetProperty("content")[0].GetProperty("text").GetString());
                break;
            case "{{result.text}}":
                Assert.Equal(LongResultJob.Text(Chars), label.GetString());
                break;
            default:
                Assert.Equal(Chars, label.GetProperty("filler").GetString()!.Length);
                break;
        }
    }

    [Fact]
    public async Task A_result_larger_than_a_call_is_not_passed_and_the_journal_says_so()
    {
        var wanted = await CallAsync("long_result", new() { ["textChars"] = 1_200_000 }, Then("slow_compute", new() { ["seconds"] = 0, ["label"] = "of {{result.text}}" }));
        var unwanted = await CallAsync("long_result", new() { ["textChars"] = 1_200_000 }, Then("slow_compute", new() { ["seconds"] = 0, ["label"] = "{{jobId}}" }));

        await NoteAsync(wanted, "call", "refused");
        Assert.Matches("'slow_compute' was not called: the result it was to get has [0-9]+ bytes, and a call 1048576 at most.", (await ToolAsync("job_log", wanted)).ToolText);
        await FollowedByAsync(unwanted);
    }

    [Theory]
    [InlineData("failing_job", "completed", false)]
    [InlineData("failing_job", "failed", true)]
    [InlineData("failing_job", "ended", true)]
    [InlineData("protocol_error_job", "failed", true)]
    [InlineData("slow_compute", "failed", false)]
    [InlineData("slow_compute", "ended", true)]
    public async Task The_call_follows_only_the_end_it_was_meant_for(string tool, string when, bool follows)
    {
        var arguments = tool == "slow_compute" ? new JsonObject { ["seconds"] = 0 } : [];
        var meta = Then("slow_compute", new() { ["seconds"] = 0 });
        meta["actors/then"]!["when"] = when;
        await using var receiver = await WebhookReceiver.StartAsync();
        meta["actors/webhook"] = new JsonObject { ["url"] = receiver.Url };

        var job = await CallAsync(tool, arguments, meta);

        // Both are written in one transaction: with the message here, what else there was to do is known.
        await receiver.NextAsync(Token);
        if (follows)
            await FollowedByAsync(job);
        else
            Assert.Equal("0", await ScalarAsync("SELECT count(*)::text FROM actors.follow_ups WHERE job_id = $1 AND kind = 0", job));
    }

    [Fact]
    public async Task A_chain_ends_with_a_message_of_its_last_job()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var meta = Then("slow_compute", new() { ["seconds"] = 0, ["label"] = "two" });
        meta["actors/then"]!["then"] = new JsonObject
        {
            ["tool"] = "slow_compute",
            ["arguments"] = new JsonObject { ["seconds"] = 0, ["label"] = "three after {{result.text}}" },
            ["webhook"] = new JsonObject { ["url"] = receiver.Url },
        };

        var first = await CallAsync("slow_compute", new() { ["seconds"] = 0, ["label"] = "one" }, meta);

        var message = (await receiver.NextAsync(Token)).Json.GetProperty("data");
        var second = await FollowedByAsync(first);
        Assert.Equal(await FollowedByAsync(second), message.GetProperty("job_id").GetString());
        Assert.Equal("Computed three after Computed two..", message.GetProperty("result_preview").GetString());
    }

    [Fact]
    public async Task A_message_is_signed_with_the_tenants_secret_and_says_what_became_of_the_job()
    {
        await using var receiver = await WebhookReceiver.StartAsync();

        var job = await CallAsync("slow_compute", new() { ["seconds"] = 0, ["label"] = "it" }, Webhook(receiver.Url));

        var message = await receiver.NextAsync(Token);
        var secret = Convert.FromHexString(await ScalarAsync("SELECT encode(secret, 'hex') FROM actors.webhook_secrets WHERE tenant = 'acme' AND $1 IS NOT NULL", job));
        var signed = $"{message.Id}.{message.Headers["webhook-timestamp"]}.{message.Body}";
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(signed))), message.Headers["webhook-signature"]);
        var age = DateTimeOffset.UnixEpoch.AddSeconds(long.Parse(message.Headers["webhook-timestamp"], CultureInfo.InvariantCulture)) - TimeProvider.System.GetUtcNow();
        Assert.InRange(age.TotalSeconds, -60, 5);
        Assert.Equal("application/json", message.Headers["Content-Type"]);
        Assert.Equal("job.completed", message.Json.GetProperty("type").GetString());
        var data = message.Json.GetProperty("data");
        Assert.Equal((job, "slow_compute", "completed"), (data.GetProperty("job_id").GetString(), data.GetProperty("tool").GetString(), data.GetProperty("status").GetString()));
        Assert.Equal("Computed it.", data.GetProperty("result_preview").GetString());
        var note = await NoteAsync(job, "webhook", "delivered");
        Assert.Equal(message.Id, note.GetProperty("webhook_id").GetString());
    }

    [Fact]
    public async Task A_message_that_was_not_taken_is_sent_again_under_the_same_id_and_redirects_are_not_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(500, 302);

        var job = await CallAsync("slow_compute", new() { ["seconds"] = 0 }, Webhook(receiver.Url));

        var first = await receiver.NextAsync(Token);
        var second = await receiver.NextAsync(Token);
        var third = await receiver.NextAsync(Token);
        Assert.Equal((first.Id, first.Id), (second.Id, third.Id));
        Assert.Equal((first.Body, first.Body), (second.Body, third.Body));
        await NoteAsync(job, "webhook", "delivered");
        Assert.Equal(3, receiver.Count);
        var log = (await ToolAsync("job_log", job)).ToolText;
        Assert.Contains("status 500", log, StringComparison.Ordinal);
        Assert.Contains("redirects are not followed", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_nobody_takes_is_given_up_visibly()
    {
        await using var receiver = await WebhookReceiver.StartAsync(500, 404, 503);

        var job = await CallAsync("protocol_error_job", [], Webhook(receiver.Url));

        var note = await NoteAsync(job, "webhook", "given_up");
        Assert.Equal(Server.WebhookTries, note.GetProperty("try").GetInt32());
        Assert.Equal(Server.WebhookTries, receiver.Count);
        Assert.Equal("job.failed", (await receiver.NextAsync(Token)).Json.GetProperty("type").GetString());
        Assert.Equal("0", await ScalarAsync("SELECT count(*)::text FROM actors.follow_ups WHERE job_id = $1", job));
    }

    [Fact]
    public async Task A_receiver_that_wants_no_more_is_left_alone()
    {
        await using var receiver = await WebhookReceiver.StartAsync(410);

        var job = await CallAsync("slow_compute", new() { ["seconds"] = 0 }, Webhook(receiver.Url));

        Assert.Equal(1, (await NoteAsync(job, "webhook", "given_up")).GetProperty("try").GetInt32());
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_delays_nobody_elses_messages()
    {
        await using var dead = await WebhookReceiver.StartAsync([.. Enumerable.Repeat(0, 100)]);
        await using var live = await WebhookReceiver.StartAsync();
        for (var i = 0; i < 10; i++)
            await CallAsync("slow_compute", new() { ["seconds"] = 0 }, Webhook(dead.Url), server.OtherTenant);
        // The other tenant has as many on their way as it may have, and none of them comes back soon.
        for (var i = 0; i < Server.WebhooksAtOnce; i++)
            await dead.NextAsync(Token);

        var since = TimeProvider.System.GetTimestamp();
        await CallAsync("slow_compute", new() { ["seconds"] = 0 }, Webhook(live.Url));
        await live.NextAsync(Token);

        // Far less than what ten of them take, two at a time.
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, Server.WebhookTimeout * 2);
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_name_that_stands_for_a_private_address()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var strict = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Webhooks:AllowHttp"] = "true",
        });
        using var http = new HttpClient { BaseAddress = new Uri(strict.Urls.First()) };
        var wire = new Wire(http, null);

        var refused = await SendAsync(wire, "slow_compute", new() { ["seconds"] = 0 }, Webhook(receiver.Url));
        var job = await CallAsync("slow_compute", new() { ["seconds"] = 0 }, Webhook($"http://localhost:{receiver.Port}/"), wire);

        Assert.Contains("not an address of the public internet", refused.ErrorMessage, StringComparison.Ordinal);
        var note = await NoteAsync(job, "webhook", "given_up", wire);
        Assert.Equal(1, note.GetProperty("try").GetInt32());
        Assert.Contains("not of the public internet", (await ToolAsync("job_log", job, wire)).ToolText, StringComparison.Ordinal);
        Assert.Equal(0, receiver.Count);
    }

    [Theory]
    [InlineData("""{"actors/then":"x"}""", "params._meta[\"actors/then\"] must be an object")]
    [InlineData("""{"actors/then":{"arguments":{}}}""", "[\"actors/then\"].tool must be the name of a tool")]
    [InlineData("""{"actors/then":{"tool":"nothing"}}""", "names no tool")]
    [InlineData("""{"actors/then":{"tool":"job_get"}}""", "names no tool")]
    [InlineData("""{"actors/then":{"tool":"about"}}""", "runs as a job")]
    [InlineData("""{"actors/then":{"tool":"slow_compute","arguments":[]}}""", ".arguments must be an object")]
    [InlineData("""{"actors/then":{"tool":"slow_compute","when":"later"}}""", ".when must be one of")]
    [InlineData("""{"actors/then":{"tool":"slow_compute","if":"x"}}""", "'if'")]
    [InlineData("""{"actors/then":{"tool":"slow_compute","then":{"tool":"nothing"}}}""", "[\"actors/then\"].then.tool names no tool")]
    [InlineData("""{"actors/webhook":"https://example.com"}""", "[\"actors/webhook\"] must be an object")]
    [InlineData("""{"actors/webhook":{"url":"ftp://example.com"}}""", ".url must be an https URL")]
    [InlineData("""{"actors/webhook":{"url":"https://u:p@example.com"}}""", "user name")]
    [InlineData("""{"actors/webhook":{"url":"https://example.com","secret":"s"}}""", "'secret'")]
    public async Task What_cannot_follow_is_refused_before_anything_runs(string meta, string problem)
    {
        var key = (await server.CreateKeyAsync("acme", $"s{Guid.NewGuid():N}", Token)).Key;
        var wire = server.WireWith(key);

        var reply = await SendAsync(wire, "slow_compute", new() { ["seconds"] = 0 }, JsonNode.Parse(meta)!.AsObject());

        Assert.Equal(-32602, reply.Code);
        Assert.Contains(problem, reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("No jobs match.", (await wire.CallAsync("job_list", [], null, Token)).ToolText);
    }

    [Fact]
    public async Task So_many_calls_may_follow_one_another_and_no_more()
    {
        Assert.False((await SendAsync(server.Wire, "slow_compute", new() { ["seconds"] = 0 }, Chain(8))).Message.TryGetProperty("error", out _));

        var reply = await SendAsync(server.Wire, "slow_compute", new() { ["seconds"] = 0 }, Chain(9));

        Assert.Contains("Actors:FollowUps:MaxDepth", reply.ErrorMessage, StringComparison.Ordinal);

        static JsonObject Chain(int depth)
        {
            JsonObject? call = null;
            for (var i = 0; i < depth; i++)
            {
                var outer = new JsonObject { ["tool"] = "slow_compute", ["arguments"] = new JsonObject { ["seconds"] = 0 } };
                if (call is not null)
                    outer["then"] = call;
                call = outer;
            }
            return new() { ["actors/then"] = call };
        }
    }

    [Fact]
    public async Task A_short_tool_is_followed_by_nothing_and_says_so()
    {
        var reply = await SendAsync(server.Wire, "about", [], Then("slow_compute", new() { ["seconds"] = 0 }));

        Assert.Contains("actors/then", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_string_that_no_database_text_holds_does_not_keep_a_job_from_ending()
    {
        var job = await CallAsync("slow_compute", new() { ["seconds"] = 0 }, Then("slow_compute", new() { ["seconds"] = 0, ["label"] = "a\0b" }));

        await FollowedByAsync(job);
    }

    private static JsonObject Then(string tool, JsonObject arguments) => new() { ["actors/then"] = new JsonObject { ["tool"] = tool, ["arguments"] = arguments } };

    private static JsonObject Webhook(string url) => new() { ["actors/webhook"] = new JsonObject { ["url"] = url } };

    private static async Task<Reply> SendAsync(Wire wire, string tool, JsonObject arguments, JsonObject meta)
    {
        var message = wire.Request("tools/call", new() { ["name"] = tool, ["arguments"] = arguments }, Wire.Tasks);
        foreach (var (name, value) in meta)
            message.Meta[name] = value?.DeepClone();
        return await wire.SendAsync(message, Token);
    }

    private async Task<string> CallAsync(string tool, JsonObject arguments, JsonObject meta, Wire? wire = null) =>
        (await SendAsync(wire ?? server.Wire, tool, arguments, meta)).TaskId;

    private Task<Reply> ToolAsync(string tool, string job, Wire? wire = null) =>
        (wire ?? server.Wire).CallAsync(tool, new() { ["job_id"] = job }, null, Token);

    private async Task<string> FollowedByAsync(string job) => (await NoteAsync(job, "call", "called")).GetProperty("job_id").GetString()!;

    /// <summary>What the job's journal says of a follow-up, once it does.</summary>
    private async Task<JsonElement> NoteAsync(string job, string followUp, string outcome, Wire? wire = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var entries = (await ToolAsync("job_log", job, wire)).Result.GetProperty("structuredContent").GetProperty("entries");
            foreach (var entry in entries.EnumerateArray())
            {
                if (entry.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("follow_up", out var kind)
                    && kind.GetString() == followUp && data.GetProperty("outcome").GetString() == outcome)
                    return data;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }

    private async Task<string> ArgumentsAsync(string job) =>
        JsonElement.Parse(await ScalarAsync("SELECT convert_from(params, 'UTF8') FROM actors.jobs WHERE id = $1", job)).GetProperty("arguments").GetRawText();

    private async Task<string> ScalarAsync(string sql, string job)
    {
        await using var command = server.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = Guid.ParseExact(job, "N") });
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }
}
