using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What is wrong with a request as a whole, and what its sender is told.</summary>
public sealed class EnvelopeTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{", -32700)]
    [InlineData("", -32700)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {}", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}]", -32600)]
    [InlineData("\"text\"", -32600)]
    [InlineData("{\"id\":1,\"method\":\"tools/list\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"tools/list\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"tools/list\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":[]}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"tools/list\"}", -32600)]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}", -32600)]
    public async Task A_body_that_is_no_request_is_refused_with_400(string body, int code)
    {
        var message = server.Wire.Request("tools/list");
        message.Raw = Encoding.UTF8.GetBytes(body);

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal(400, reply.Status);
        Assert.Equal(code, reply.Code);
        Assert.Equal("application/json", reply.ContentType);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_refused()
    {
        var message = server.Wire.Request("tools/list");
        message.Raw = [.. Encoding.UTF8.GetBytes("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"x\":\""), 0xC3, 0x28, .. "\"}"u8];

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((400, -32700), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("\"name\":\"greet\",\"arguments\":{\"name\":\"\\ud800\"}")]
    [InlineData("\"name\":\"greet\",\"arguments\":{\"\\uDC00\":1,\"name\":\"Ada\"}")]
    [InlineData("\"name\":\"\\uD83D\"")]
    [InlineData("\"name\":\"job_get\",\"arguments\":{\"job_id\":\"\\ud83d\\ud83d\"}")]
    [InlineData("\"name\":\"greet\",\"requestState\":\"\\ude00\\ud83d\"")]
    public async Task Half_a_surrogate_pair_is_refused_as_no_text(string parameters)
    {
        var reply = await SendCallAsync(parameters);

        Assert.Equal((400, -32700), (reply.Status, reply.Code));
        Assert.Contains("surrogate", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud83d\\uDE00", "Hello, \U0001F600!")]
    [InlineData("\\\\ud800", "Hello, \\ud800!")]
    public async Task A_whole_surrogate_pair_and_an_escaped_backslash_are_text(string name, string greeting)
    {
        var reply = await SendCallAsync($"\"name\":\"greet\",\"arguments\":{{\"name\":\"{name}\"}}");

        Assert.Equal(greeting, reply.ToolText);
    }

    [Theory]
    [InlineData("clientCapabilities", "{\"sampling\":5}")]
    [InlineData("clientCapabilities", "{\"roots\":{\"listChanged\":\"yes\"}}")]
    [InlineData("clientCapabilities", "{\"extensions\":[]}")]
    [InlineData("clientInfo", "{}")]
    [InlineData("clientInfo", "{\"name\":\"x\",\"version\":5}")]
    public async Task What_the_client_says_of_itself_must_have_its_form(string field, string value)
    {
        foreach (var tool in (string[])["greet", "slow_compute"])
        {
            var message = server.Wire.Request("tools/call", new JsonObject { ["name"] = tool }, Wire.Tasks);
            message.Meta["io.modelcontextprotocol/" + field] = JsonNode.Parse(value);

            var reply = await server.Wire.SendAsync(message, Token);

            Assert.Equal((400, -32602), (reply.Status, reply.Code));
            Assert.Contains(field, reply.ErrorMessage, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_member_that_appears_twice_in_the_arguments_is_refused()
    {
        var message = server.Wire.Request("tools/call", new JsonObject { ["name"] = "greet" });
        var text = message.Body.ToJsonString().Replace("\"name\":\"greet\"", "\"name\":\"greet\",\"arguments\":{\"name\":\"a\",\"name\":\"b\"}");
        message.Raw = Encoding.UTF8.GetBytes(text);

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal(-32602, reply.Code);
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"tools/list\"}", "7")]
    [InlineData("{\"method\":7,\"jsonrpc\":\"2.0\",\"id\":\"a\"}", "\"a\"")]
    [InlineData("{\"params\":[],\"jsonrpc\":\"2.0\",\"id\":\"\\u0061\",\"method\":\"x\"}", "\"\\u0061\"")]
    [InlineData("{\"jsonrpc\":1,\"id\":7,\"id\":8,\"method\":\"tools/list\"}", null)]
    [InlineData("{\"jsonrpc\":1,\"id\":7.5,\"method\":\"tools/list\"}", null)]
    [InlineData("{\"jsonrpc\":1,\"id\":7,\"method\":\"tools/list\"", null)]
    public async Task An_id_that_can_be_read_comes_back_wherever_it_stands(string body, string? id)
    {
        var message = server.Wire.Request("tools/list");
        message.Raw = Encoding.UTF8.GetBytes(body);

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal(400, reply.Status);
        Assert.Equal(id, reply.Message.TryGetProperty("id", out var echoed) ? echoed.GetRawText() : null);
    }

    [Fact]
    public async Task A_notification_of_a_revision_that_is_not_served_is_refused()
    {
        var message = server.Wire.Request("notifications/cancelled", new JsonObject { ["requestId"] = 1 });
        message.Body.Remove("id");
        message.Params.Remove("_meta");
        message.Headers["MCP-Protocol-Version"] = "2025-11-25, 2025-11-25";

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((400, -32022), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_notification_is_taken_without_an_answer()
    {
        var message = server.Wire.Request("notifications/cancelled", new JsonObject { ["requestId"] = 1 });
        message.Body.Remove("id");

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((202, ""), (reply.Status, reply.Text));
    }

    [Theory]
    [InlineData("io.modelcontextprotocol/protocolVersion")]
    [InlineData("io.modelcontextprotocol/clientCapabilities")]
    public async Task Meta_without_a_required_field_is_refused_with_400_and_names_it(string field)
    {
        var message = server.Wire.Request("server/discover");
        message.Meta.Remove(field);

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((400, -32602), (reply.Status, reply.Code));
        Assert.Contains(field, reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Params_without_meta_are_refused_with_400()
    {
        var message = server.Wire.Request("server/discover");
        message.Params.Remove("_meta");

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((400, -32602), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_request_without_clientInfo_is_served()
    {
        var message = server.Wire.Request("server/discover");
        message.Meta.Remove("io.modelcontextprotocol/clientInfo");

        Assert.Equal(200, (await server.Wire.SendAsync(message, Token)).Status);
    }

    [Fact]
    public async Task An_unknown_log_level_is_refused()
    {
        var message = server.Wire.Request("server/discover");
        message.Meta["io.modelcontextprotocol/logLevel"] = "loud";

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((400, -32602), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("resources/unsubscribe")]
    [InlineData("tasks/result")]
    [InlineData("tasks/list")]
    [InlineData("unknown/method")]
    public async Task A_method_that_is_not_served_answers_404_and_echoes_the_id(string method)
    {
        var message = server.Wire.Request(method);
        message.Body["id"] = "an id";

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((404, -32601), (reply.Status, reply.Code));
        Assert.Equal("an id", reply.Message.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_unsupported_version_is_refused_with_what_is_supported()
    {
        var message = server.Wire.Request("server/discover");
        message.Headers["MCP-Protocol-Version"] = "v999.0.0";
        message.Meta["io.modelcontextprotocol/protocolVersion"] = "v999.0.0";

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((400, -32022), (reply.Status, reply.Code));
        var data = reply.Error.GetProperty("data");
        Assert.Equal("v999.0.0", data.GetProperty("requested").GetString());
        Assert.Equal(Wire.Versions, data.GetProperty("supported").EnumerateArray().Select(version => version.GetString()));
    }

    [Fact]
    public async Task A_request_without_a_version_and_without_a_session_is_told_both_ways_in()
    {
        var message = server.Wire.Request("tools/list");
        message.Params.Remove("_meta");
        message.Headers["MCP-Protocol-Version"] = null;
        message.Headers["Mcp-Method"] = null;

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal((400, -32022), (reply.Status, reply.Code));
        Assert.Contains(Wire.Version, reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Mcp-Session-Id", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Other_http_methods_answer_405(string method)
    {
        var message = server.Wire.Request("server/discover");
        message.HttpMethod = new HttpMethod(method);

        Assert.Equal(405, (await server.Wire.SendAsync(message, Token)).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_answers_415(string? contentType)
    {
        var message = server.Wire.Request("server/discover");
        message.ContentType = contentType;

        Assert.Equal(415, (await server.Wire.SendAsync(message, Token)).Status);
    }

    [Theory]
    [InlineData("application/json", 406)]
    [InlineData("text/event-stream", 406)]
    [InlineData("text/event-stream, application/json; q=0.9", 200)]
    [InlineData("*/*", 200)]
    [InlineData(null, 200)]
    public async Task Accept_must_list_both_types(string? accept, int status)
    {
        var message = server.Wire.Request("server/discover");
        message.Headers["Accept"] = accept;

        Assert.Equal(status, (await server.Wire.SendAsync(message, Token)).Status);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-7")]
    [InlineData("9007199254740993")]
    [InlineData("\"text with \\u00e9 and \\\"quotes\\\"\"")]
    public async Task The_id_comes_back_as_it_was_sent(string id)
    {
        var message = server.Wire.Request("server/discover");
        message.Body["id"] = JsonNode.Parse(id);

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(id), reply.Message.GetProperty("id")));
    }

    private async Task<Reply> SendCallAsync(string parameters)
    {
        var message = server.Wire.Request("tools/call", new JsonObject { ["name"] = parameters.Contains("job_get", StringComparison.Ordinal) ? "job_get" : "greet" });
        message.Raw = Encoding.UTF8.GetBytes(
            $"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{{\"_meta\":{message.Meta.ToJsonString()},{parameters}}}}}");
        return await server.Wire.SendAsync(message, Token);
    }
}
