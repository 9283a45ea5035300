using System.Text;
using System.Text.Json;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Sessions of the revisions before 2026-07-28: how they begin, who may use them, how they end.</summary>
public sealed class SessionTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2026-07-28", "2025-11-25")]
    [InlineData("1999-01-01", "2025-11-25")]
    public async Task Initialize_agrees_on_the_clients_revision_or_the_latest_with_sessions(string asked, string agreed)
    {
        var session = await server.OpenSessionAsync(Token, asked);

        Assert.Equal(agreed, session.Version);
        Assert.Equal("actors", session.Agreed.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Equal(agreed == "2025-11-25", session.Agreed.GetProperty("capabilities").TryGetProperty("tasks", out _));
        Assert.Equal("{}", (await session.SendAsync("ping", null, Token)).Result.GetRawText());
    }

    [Fact]
    public async Task Results_carry_nothing_of_the_later_revision()
    {
        var session = await server.OpenSessionAsync(Token);

        var list = (await session.SendAsync("tools/list", null, Token)).Result;
        var call = (await session.SendAsync("tools/call", SessionWire.Call("test_simple_text"), Token)).Result;

        foreach (var result in new[] { list, call })
        {
            Assert.False(result.TryGetProperty("resultType", out _));
            Assert.False(result.TryGetProperty("ttlMs", out _));
            Assert.False(result.TryGetProperty("_meta", out _));
        }
    }

    [Theory]
    [InlineData("protocolVersion")]
    [InlineData("capabilities")]
    [InlineData("clientInfo")]
    public async Task Initialize_without_a_member_names_it(string member)
    {
        var message = SessionWire.Initialize(server.Wire, "2025-11-25");
        message.Params.Remove(member);

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal(-32602, reply.Code);
        Assert.Contains("params." + member, reply.ErrorMessage, StringComparison.Ordinal);
        Assert.Null(reply.SessionId);
    }

    [Fact]
    public async Task A_request_without_its_session_is_a_bad_request()
    {
        var session = await server.OpenSessionAsync(Token);
        var message = session.Request("tools/list");
        message.Headers["Mcp-Session-Id"] = null;

        var reply = await session.SendAsync(message, Token);

        Assert.Equal((400, -32600), (reply.Status, reply.Code));
        Assert.Contains("Mcp-Session-Id", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_an_unknown_revision_is_a_bad_request()
    {
        var session = await server.OpenSessionAsync(Token);
        var message = session.Request("tools/list");
        message.Headers["MCP-Protocol-Version"] = "1999-01-01";

        Assert.Equal(400, (await session.SendAsync(message, Token)).Status);
    }

    [Fact]
    public async Task A_header_without_a_version_is_no_hindrance()
    {
        var session = await server.OpenSessionAsync(Token, "2025-03-26");
        var message = session.Request("tools/list");
        message.Headers["MCP-Protocol-Version"] = null;

        Assert.Equal(JsonValueKind.Array, (await session.SendAsync(message, Token)).Result.GetProperty("tools").ValueKind);
    }

    [Fact]
    public async Task An_ended_session_is_not_found_and_its_jobs_go_on()
    {
        var session = await server.OpenSessionAsync(Token);
        var task = await session.SendAsync("tools/call", SessionWire.Call("slow_compute", new() { ["seconds"] = 1 }, []), Token);
        var id = task.Result.GetProperty("task").GetProperty("taskId").GetString()!;

        Assert.Equal(204, (await session.DeleteAsync(Token)).Status);

        var reply = await session.SendAsync("ping", null, Token);
        Assert.Equal((404, -32001), (reply.Status, reply.Code));
        Assert.Equal(404, (await session.DeleteAsync(Token)).Status);
        Assert.Contains("Computed", (await server.UntilAsync(id, "completed", Token)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_nobody_uses_ends_and_its_jobs_do_not()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Sessions:IdleTimeout"] = "00:00:01",
        });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        var wire = new Wire(http, key: null);
        var session = await SessionWire.OpenAsync(wire, "2025-11-25", null, Token);
        var task = await session.SendAsync("tools/call", SessionWire.Call("slow_compute", new() { ["seconds"] = 2 }, []), Token);
        var id = task.Result.GetProperty("task").GetProperty("taskId").GetString()!;

        // The job takes longer than the session may be idle.
        var done = await server.UntilAsync(id, "completed", Token, wire);

        Assert.Contains("Computed", done.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(404, (await session.SendAsync("ping", null, Token)).Status);
    }

    [Fact]
    public async Task Somebody_elses_session_and_an_unknown_one_look_the_same()
    {
        var mine = await server.OpenSessionAsync(Token);
        var texts = new List<string>();
        foreach (var (wire, id) in new[] { (server.Colleague, mine.Id), (server.OtherTenant, mine.Id), (server.Wire, new string('0', 32)), (server.Wire, "no-such") })
        {
            var message = mine.Request("ping");
            message.Headers["Authorization"] = wire.Request("ping").Headers["Authorization"];
            message.Headers["Mcp-Session-Id"] = id;
            var reply = await mine.SendAsync(message, Token);
            Assert.Equal(404, reply.Status);
            texts.Add(reply.ErrorMessage);
        }

        Assert.Single(texts.Distinct());
        Assert.Equal(200, (await mine.SendAsync("ping", null, Token)).Status);
    }

    [Fact]
    public async Task Another_key_of_the_same_subject_opens_the_session()
    {
        var mine = await server.OpenSessionAsync(Token);
        var message = mine.Request("ping");
        message.Headers["Authorization"] = "Bearer " + (await server.CreateKeyAsync("acme", "ada", Token)).Key;

        Assert.Equal(200, (await mine.SendAsync(message, Token)).Status);
    }

    [Fact]
    public async Task Errors_of_a_session_leave_it_open()
    {
        var session = await server.OpenSessionAsync(Token);

        var unknown = await session.SendAsync("subscriptions/listen", [], Token);
        var tool = await session.SendAsync("tools/call", SessionWire.Call("no_such_tool"), Token);
        var level = await session.SendAsync("logging/setLevel", new() { ["level"] = "loud" }, Token);

        // 404 would say that the session has ended.
        Assert.Equal((200, -32601), (unknown.Status, unknown.Code));
        Assert.Equal((200, -32602), (tool.Status, tool.Code));
        Assert.Equal((200, -32602), (level.Status, level.Code));
        Assert.Contains("params.level", level.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_of_a_later_revision_are_not_there_in_an_earlier_one()
    {
        var session = await server.OpenSessionAsync(Token, "2025-06-18");

        Assert.Equal(-32601, (await session.SendAsync("tasks/list", [], Token)).Code);
        // An unknown member of a call is passed over, as that revision would.
        var call = await session.SendAsync("tools/call", SessionWire.Call("test_simple_text", [], []), Token);
        Assert.StartsWith("This is a simple text", call.ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_answered_in_the_one_revision_that_has_batches()
    {
        var old = await server.OpenSessionAsync(Token, "2025-03-26");
        var message = old.Message([]);
        message.Raw = Encoding.UTF8.GetBytes(
            """[{"jsonrpc":"2.0","id":"a","method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"},{"jsonrpc":"2.0","id":2,"method":"no/such"}]""");
        message.Headers["MCP-Protocol-Version"] = null;

        var text = (await old.SendAsync(message, Token)).Text;
        var answers = text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line[6..])).ToList();

        Assert.Equal(["\"a\"", "2"], answers.Select(answer => answer.GetProperty("id").GetRawText()));
        Assert.Equal(-32601, answers[1].GetProperty("error").GetProperty("code").GetInt32());

        var session = await server.OpenSessionAsync(Token);
        var refused = session.Message([]);
        refused.Raw = message.Raw;
        Assert.Equal((400, -32600), await CodeAsync(session, refused));
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"1.0\",\"id\":2,\"method\":\"ping\"}", "2")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"result\":{}}", null)]
    [InlineData("7", null)]
    public async Task A_message_of_a_batch_that_is_none_does_not_cost_the_others_their_answers(string broken, string? id)
    {
        var session = await server.OpenSessionAsync(Token, "2025-03-26");
        var message = session.Message([]);
        message.Raw = Encoding.UTF8.GetBytes($"[{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}},{broken},{{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}}]");

        var text = (await session.SendAsync(message, Token)).Text;
        var answers = text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line[6..])).ToList();

        Assert.Equal(["1", id, "3"], answers.Select(answer => answer.TryGetProperty("id", out var its) ? its.GetRawText() : null));
        Assert.Equal(-32600, answers[1].GetProperty("error").GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { (byte)'\\', (byte)'u', (byte)'d', (byte)'8', (byte)'0', (byte)'0' })]
    public async Task A_batch_that_is_no_text_is_refused(byte[] odd)
    {
        var session = await server.OpenSessionAsync(Token, "2025-03-26");
        var message = session.Message([]);
        message.Raw = [.. "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\""u8, .. odd, .. "\"}}]"u8];

        Assert.Equal((400, -32700), await CodeAsync(session, message));
    }

    [Fact]
    public async Task Log_messages_follow_the_level_that_was_set()
    {
        var session = await server.OpenSessionAsync(Token);

        Assert.Equal(3, await LogLinesAsync(session));
        Assert.Equal("{}", (await session.SendAsync("logging/setLevel", new() { ["level"] = "error" }, Token)).Result.GetRawText());
        Assert.Equal(0, await LogLinesAsync(session));
    }

    private static async Task<(int, int)> CodeAsync(SessionWire session, Message message)
    {
        var reply = await session.SendAsync(message, Token);
        return (reply.Status, reply.Code);
    }

    private static async Task<int> LogLinesAsync(SessionWire session)
    {
        var text = (await session.SendAsync("tools/call", SessionWire.Call("test_tool_with_logging"), Token)).Text;
        return text.Split("notifications/message").Length - 1;
    }
}
