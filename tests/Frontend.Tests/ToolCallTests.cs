using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Short calls: tools, prompts, resources and completions.</summary>
public sealed class ToolCallTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tool_is_called_without_an_arguments_member()
    {
        var reply = await server.Wire.SendAsync("tools/call", new JsonObject { ["name"] = "test_simple_text" }, null, Token);

        Assert.Equal("This is a simple text response for testing.", reply.ToolText);
        Assert.Equal("complete", reply.Result.GetProperty("resultType").GetString());
    }

    [Fact]
    public async Task An_unknown_tool_is_an_error_that_names_it()
    {
        var reply = await server.Wire.CallAsync("no_such_tool", [], null, Token);

        Assert.Equal(-32602, reply.Code);
        Assert.Contains("no_such_tool", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    public async Task Arguments_that_are_no_object_are_refused(string arguments)
    {
        var parameters = new JsonObject { ["name"] = "greet", ["arguments"] = JsonNode.Parse(arguments) };

        Assert.Equal(-32602, (await server.Wire.SendAsync("tools/call", parameters, null, Token)).Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\":{}}")]
    [InlineData("{\"name\":7}")]
    public async Task Arguments_that_do_not_fit_are_told_as_a_tools_error(string arguments)
    {
        var reply = await server.Wire.CallAsync("greet", JsonNode.Parse(arguments)!.AsObject(), null, Token);

        Assert.True(reply.IsToolError);
        Assert.Contains("name", reply.ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_fails_answers_with_a_result()
    {
        var reply = await server.Wire.CallAsync("test_error_handling", [], null, Token);

        Assert.True(reply.IsToolError);
    }

    [Fact]
    public async Task Progress_comes_on_the_calls_own_stream_before_the_result()
    {
        var message = server.Wire.Request("tools/call", new JsonObject
        {
            ["name"] = "test_tool_with_progress",
            ["_meta"] = new JsonObject { ["progressToken"] = "my token" },
        });

        await using var events = await server.Wire.StreamAsync(message, Token);

        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", Assert.Single(events.Response.Headers.GetValues("X-Accel-Buffering")));
        var seen = new List<double>();
        while (await events.NextAsync(Token) is { } next)
        {
            if (next.TryGetProperty("result", out var result))
            {
                Assert.Equal("Reported progress.", result.GetProperty("content")[0].GetProperty("text").GetString());
                break;
            }
            Assert.Equal("my token", next.GetProperty("params").GetProperty("progressToken").GetString());
            seen.Add(next.GetProperty("params").GetProperty("progress").GetDouble());
        }
        Assert.Equal([0, 50, 100], seen);
        Assert.Null(await events.NextAsync(Token));
    }

    [Fact]
    public async Task Progress_never_goes_back_whatever_the_tool_reports()
    {
        var message = server.Wire.Request("tools/call", new JsonObject
        {
            ["name"] = "progress_goes_back",
            ["_meta"] = new JsonObject { ["progressToken"] = 1 },
        });
        await using var events = await server.Wire.StreamAsync(message, Token);

        var seen = new List<double>();
        while (await events.NextAsync(Token) is { } next && next.TryGetProperty("method", out _))
            seen.Add(next.GetProperty("params").GetProperty("progress").GetDouble());

        Assert.Equal([50, 80], seen);
    }

    [Fact]
    public async Task Log_messages_come_only_where_the_request_asks_for_them()
    {
        Assert.Equal("application/json", (await server.Wire.CallAsync("test_logging_tool", [], null, Token)).ContentType);
        var message = server.Wire.Request("tools/call", new JsonObject { ["name"] = "test_logging_tool" });
        message.Meta["io.modelcontextprotocol/logLevel"] = "info";

        await using var events = await server.Wire.StreamAsync(message, Token);

        var logged = await events.NextAsync("notifications/message", Token);
        Assert.Equal("tried", logged.GetProperty("params").GetProperty("data").GetString());
    }

    [Fact]
    public async Task A_missing_capability_is_named()
    {
        var reply = await server.Wire.CallAsync("test_missing_capability", [], null, Token);

        Assert.Equal((400, -32021), (reply.Status, reply.Code));
        Assert.Equal(
            JsonValueKind.Object,
            reply.Error.GetProperty("data").GetProperty("requiredCapabilities").GetProperty("sampling").ValueKind);
    }

    [Fact]
    public async Task A_prompt_is_filled_in()
    {
        var parameters = new JsonObject
        {
            ["name"] = "test_prompt_with_arguments",
            ["arguments"] = new JsonObject { ["arg1"] = "first", ["arg2"] = "second" },
        };

        var text = (await server.Wire.SendAsync("prompts/get", parameters, null, Token)).Result.GetProperty("messages").GetRawText();

        Assert.Contains("first", text, StringComparison.Ordinal);
        Assert.Contains("second", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_prompt_is_refused() =>
        Assert.Equal(-32602, (await server.Wire.SendAsync("prompts/get", new JsonObject { ["name"] = "none" }, null, Token)).Code);

    [Fact]
    public async Task A_resource_is_read_with_caching_hints()
    {
        var result = (await server.Wire.SendAsync("resources/read", new JsonObject { ["uri"] = "test://template/123/data" }, null, Token)).Result;

        Assert.Contains("123", result.GetProperty("contents")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("private", result.GetProperty("cacheScope").GetString());
        Assert.True(result.GetProperty("ttlMs").GetInt64() >= 0);
    }

    [Fact]
    public async Task An_unknown_resource_is_refused_with_its_uri()
    {
        var reply = await server.Wire.SendAsync("resources/read", new JsonObject { ["uri"] = "test://none" }, null, Token);

        Assert.Equal(-32602, reply.Code);
        Assert.Equal("test://none", reply.Error.GetProperty("data").GetProperty("uri").GetString());
    }

    [Fact]
    public async Task A_resource_that_says_it_is_missing_is_refused_with_the_revisions_own_code()
    {
        var reply = await server.Wire.SendAsync(
            "resources/read", new JsonObject { ["uri"] = "awkward://shelf/1984" }, cancellationToken: Token);

        Assert.Equal((-32602, "There is no book '1984'."), (reply.Code, reply.ErrorMessage));
        Assert.Equal("awkward://shelf/1984", reply.Error.GetProperty("data").GetProperty("uri").GetString());
    }

    [Theory]
    [InlineData("{\"arg1\":5,\"arg2\":\"b\"}")]
    [InlineData("{\"arg1\":null,\"arg2\":\"b\"}")]
    [InlineData("{\"arg1\":[\"a\"],\"arg2\":\"b\"}")]
    public async Task A_prompts_arguments_must_be_strings(string arguments)
    {
        var reply = await server.Wire.SendAsync(
            "prompts/get",
            new JsonObject { ["name"] = "test_prompt_with_arguments", ["arguments"] = JsonNode.Parse(arguments) },
            cancellationToken: Token);

        Assert.Equal(-32602, reply.Code);
        Assert.Contains("params.arguments.arg1", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_completion_answers_with_values()
    {
        var parameters = new JsonObject
        {
            ["ref"] = new JsonObject { ["type"] = "ref/prompt", ["name"] = "test_prompt_with_arguments" },
            ["argument"] = new JsonObject { ["name"] = "arg1", ["value"] = "test" },
        };

        var result = (await server.Wire.SendAsync("completion/complete", parameters, null, Token)).Result;

        Assert.Equal(JsonValueKind.Array, result.GetProperty("completion").GetProperty("values").ValueKind);
    }

    [Fact]
    public async Task A_completion_without_a_known_reference_is_refused() =>
        Assert.Equal(-32602, (await server.Wire.SendAsync("completion/complete", [], null, Token)).Code);
}
