using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>The options of a call: what they must be, and where they may be.</summary>
public sealed class CallOptionTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("actors/idempotencyKey", "1", "must be a string of 1 to 255 characters")]
    [InlineData("actors/idempotencyKey", "\"\"", "must be a string of 1 to 255 characters")]
    [InlineData("actors/idempotencyKey", "\"a\\u0000b\"", "without control characters")]
    [InlineData("actors/startAt", "\"tomorrow\"", "RFC 3339")]
    [InlineData("actors/startAt", "\"2026-07-28T09:30:00\"", "with its offset")]
    [InlineData("actors/startAt", "1785230000", "RFC 3339")]
    [InlineData("actors/startAt", "\"9999-12-31T23:59:59Z\"", "Actors:Limits:MaxStartDelay")]
    [InlineData("actors/delayMs", "-1", "must be an integer from 0 to 7776000000")]
    [InlineData("actors/delayMs", "7776000001", "must be an integer from 0 to 7776000000")]
    [InlineData("actors/delayMs", "1.5", "must be an integer")]
    [InlineData("actors/priority", "101", "must be an integer from -100 to 100")]
    [InlineData("actors/priority", "\"high\"", "must be an integer from -100 to 100")]
    [InlineData("actors/ttlMs", "-1", "must be an integer from 0")]
    [InlineData("actors/retry", "3", "must be an object")]
    [InlineData("actors/retry", """{"maxAttempts":0}""", ".maxAttempts must be an integer from 1 to 1000")]
    [InlineData("actors/retry", """{"maxAttempts":4}""", ".maxAttempts may be 3 at most for 'counted'")]
    [InlineData("actors/retry", """{"backoff":0.5}""", ".backoff must be a number from 1 to 100")]
    [InlineData("actors/retry", """{"firstDelayMs":-1}""", ".firstDelayMs must be an integer from 0 to 86400000")]
    [InlineData("actors/retry", """{"attempts":2}""", ".attempts is no member of it")]
    [InlineData("actors/idempotencykey", "\"k\"", "is not an option of a call; there are: actors/idempotencyKey")]
    public async Task An_option_of_another_form_is_refused_by_name_in_every_revision(string name, string value, string problem)
    {
        var label = $"refused-{name}-{value}";

        var modern = await server.Wire.SendAsync(Call("counted", label, (name, value)), Token);
        var session = await server.OpenSessionAsync(Token);
        var legacy = await session.SendAsync("tools/call", LegacyCall("counted", label, (name, value)), Token);

        Assert.All([modern, legacy], reply =>
        {
            Assert.Equal((200, -32602), (reply.Status, reply.Code));
            Assert.StartsWith($"params._meta[\"{name}\"]", reply.ErrorMessage, StringComparison.Ordinal);
            Assert.Contains(problem, reply.ErrorMessage, StringComparison.Ordinal);
        });
        Assert.Equal(0, CountedTools.RunsOf(label));
    }

    [Theory]
    [InlineData("actors/idempotencyKey", "\"k\"")]
    [InlineData("actors/startAt", "\"2026-07-28T09:30:00Z\"")]
    [InlineData("actors/delayMs", "10")]
    [InlineData("actors/priority", "1")]
    [InlineData("actors/ttlMs", "1000")]
    [InlineData("actors/retry", "{}")]
    public async Task A_tool_that_becomes_no_job_refuses_what_only_a_job_can_do(string name, string value)
    {
        foreach (var tool in (string[])["greet", "job_list"])
        {
            var message = server.Wire.Request("tools/call", new() { ["name"] = tool, ["arguments"] = new JsonObject() });
            message.Meta[name] = JsonNode.Parse(value);

            var reply = await server.Wire.SendAsync(message, Token);

            Assert.Equal(-32602, reply.Code);
            Assert.Contains($"'{tool}' answers at once and keeps no record", reply.ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_excludes_each_other_is_refused()
    {
        var times = await server.Wire.SendAsync(Call("counted", "both", ("actors/startAt", "\"2026-07-28T09:30:00Z\""), ("actors/delayMs", "5")), Token);
        var keyed = Call("counted", "both", ("actors/idempotencyKey", "\"one\""));
        keyed.Headers["Idempotency-Key"] = "another";
        var keys = await server.Wire.SendAsync(keyed, Token);
        var session = await server.OpenSessionAsync(Token);
        var lives = LegacyCall("counted", "both", ("actors/ttlMs", "1000"));
        lives["task"] = new JsonObject { ["ttl"] = 2000 };
        var ttls = await session.SendAsync("tools/call", lives, Token);

        Assert.Contains("exclude each other", times.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", keys.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("params.task.ttl", ttls.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(0, CountedTools.RunsOf("both"));
    }

    [Fact]
    public async Task A_record_is_kept_for_as_long_as_was_asked()
    {
        var reply = await server.Wire.SendAsync(Call("counted", "ttl", ("actors/ttlMs", "3600000")), Token);

        Assert.Equal(3_600_000, reply.Result.GetProperty("ttlMs").GetInt64());
    }

    [Fact]
    public async Task A_call_without_options_pays_no_attention_to_what_others_put_into_its_meta()
    {
        var reply = await server.Wire.SendAsync(Call("counted", "plain", ("com.example/trace", "\"actors/idempotencyKey\"")), Token);

        Assert.Equal("working", reply.Result.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_option_whose_name_is_written_with_escapes_is_the_same_option()
    {
        var message = Call("counted", "escaped", ("actors/priority", "1000"));
        message.Raw = System.Text.Encoding.UTF8.GetBytes(message.Body.ToJsonString().Replace("actors/priority", "actors\\/priority", StringComparison.Ordinal));

        Assert.Contains("params._meta[\"actors/priority\"]", (await server.Wire.SendAsync(message, Token)).ErrorMessage, StringComparison.Ordinal);
    }

    internal static JsonObject LegacyCall(string tool, string label, params (string Name, string Value)[] options)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = new JsonObject { ["label"] = label }, ["_meta"] = new JsonObject() };
        foreach (var (name, value) in options)
            parameters["_meta"]![name] = JsonNode.Parse(value);
        return parameters;
    }

    private Message Call(string tool, string label, params (string Name, string Value)[] options) =>
        server.Wire.Request("tools/call", LegacyCall(tool, label, options), Wire.Tasks);
}
