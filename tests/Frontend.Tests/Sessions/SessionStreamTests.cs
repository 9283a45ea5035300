using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What comes on the streams of a session, and how they are taken up again.</summary>
public sealed class SessionStreamTests(Server server)
{
    private static readonly JsonObject Accepted = new() { ["action"] = "accept", ["content"] = new JsonObject { ["username"] = "ada", ["email"] = "a@b.c", ["confirm"] = true } };

    private static JsonObject Asks => new() { ["elicitation"] = new JsonObject(), ["sampling"] = new JsonObject() };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_short_call_asks_on_its_stream_and_goes_on_with_the_answer()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Asks);
        await using var events = await session.StreamAsync("tools/call", SessionWire.Call("test_elicitation", new() { ["message"] = "Who?" }), Token);

        var question = await events.NextAsync("elicitation/create", Token);
        Assert.Equal("Who?", question.GetProperty("params").GetProperty("message").GetString());
        Assert.Equal(202, (await session.AnswerAsync(question, Accepted.DeepClone().AsObject(), Token)).Status);

        Assert.Contains("accept", (await events.AnswerAsync(Token)).GetProperty("result").GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test_input_required_result_list_roots", "roots/list", """{"roots":[{"uri":"file:///srv/ada"}]}""")]
    [InlineData("test_input_required_result_sampling", "sampling/createMessage", """{"role":"assistant","content":{"type":"text","text":"Paris"},"model":"m"}""")]
    public async Task A_tool_with_rounds_of_its_own_asks_by_requests_too(string tool, string method, string answer)
    {
        var session = await server.OpenSessionAsync(Token, capabilities: new() { ["roots"] = new JsonObject(), ["sampling"] = new JsonObject() });
        await using var events = await session.StreamAsync("tools/call", SessionWire.Call(tool), Token);

        var question = await events.NextAsync(method, Token);
        await session.AnswerAsync(question, JsonNode.Parse(answer)!.AsObject(), Token);

        var result = (await events.AnswerAsync(Token)).GetProperty("result");
        Assert.NotEmpty(result.GetProperty("content").EnumerateArray());
        Assert.False(result.TryGetProperty("isError", out var isError) && isError.GetBoolean());
    }

    [Fact]
    public async Task A_refused_question_is_for_the_tool_one_that_was_cancelled()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Asks);
        await using var events = await session.StreamAsync("tools/call", SessionWire.Call("confirm_delete", new() { ["filename"] = "x" }), Token);
        var question = await events.NextAsync("elicitation/create", Token);

        await session.SendAsync(
            session.Message(new()
            {
                ["id"] = question.GetProperty("id").GetString(),
                ["error"] = new JsonObject { ["code"] = -1, ["message"] = "no user here" },
            }),
            Token);

        Assert.Equal("Kept x.", await session.FinalTextAsync(await events.AnswerAsync(Token), Token));
    }

    [Fact]
    public async Task Somebody_elses_answer_changes_nothing()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Asks);
        var other = await server.OpenSessionAsync(Token, capabilities: Asks, key: (await server.CreateKeyAsync("acme", "mallory", Token)).Key);
        await using var events = await session.StreamAsync("tools/call", SessionWire.Call("confirm_delete", new() { ["filename"] = "x" }), Token);
        var question = await events.NextAsync("elicitation/create", Token);

        await other.AnswerAsync(question, new() { ["action"] = "decline" }, Token);
        await session.AnswerAsync(question, new() { ["action"] = "accept", ["content"] = new JsonObject { ["confirm"] = true } }, Token);

        Assert.Equal("Deleted x.", await session.FinalTextAsync(await events.AnswerAsync(Token), Token));
    }

    [Fact]
    public async Task A_short_call_goes_on_without_its_connection_and_its_answer_is_fetched_later()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Asks);
        var call = session.Request("tools/call", SessionWire.Call("test_elicitation", new() { ["message"] = "Who?" }));
        var events = await server.Wire.StreamAsync(call, Token);
        var question = await events.NextAsync("elicitation/create", Token);
        var last = events.LastId!;
        await events.DisposeAsync();

        await session.AnswerAsync(question, Accepted.DeepClone().AsObject(), Token);
        await using var again = await session.GetAsync(last, Token);

        var answer = await again.AnswerAsync(Token);
        Assert.Equal(call.Body["id"]!.GetValue<int>(), answer.GetProperty("id").GetInt32());
        Assert.Contains("accept", answer.GetProperty("result").GetRawText(), StringComparison.Ordinal);
        Assert.Null(await again.NextAsync(Token));
    }

    [Fact]
    public async Task Events_are_replayed_in_order_over_several_disconnects()
    {
        var session = await server.OpenSessionAsync(Token);
        var events = await session.StreamAsync("tools/call", SessionWire.Call("test_tool_with_progress", [], progressToken: "p"), Token);
        var progress = new List<double>();
        JsonElement? answer = null;
        while (answer is null)
        {
            var next = (await events.NextAsync(Token))!.Value;
            if (next.TryGetProperty("method", out _))
                progress.Add(next.GetProperty("params").GetProperty("progress").GetDouble());
            else
                answer = next;
            var last = events.LastId!;
            await events.DisposeAsync();
            if (answer is null)
                events = await session.GetAsync(last, Token);
        }

        Assert.Equal([0, 50, 100], progress);
        Assert.True(answer.Value.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task A_stream_that_nobody_knows_any_more_ends_its_request_with_an_error()
    {
        var session = await server.OpenSessionAsync(Token);
        var call = session.Request("tools/call", SessionWire.Call("test_tool_with_progress", [], progressToken: "p"));
        var events = await server.Wire.StreamAsync(call, Token);
        await events.NextAsync("notifications/progress", Token);
        var last = events.LastId!;
        await events.DisposeAsync();
        // As after the death of the silo that held the session: its memory of streams is gone, its ids are not.
        var lost = string.Join('.', [last.Split('.')[0] + "0", .. last.Split('.')[1..]]);

        await using var again = await session.GetAsync(lost, Token);

        var answer = await again.AnswerAsync(Token);
        Assert.Equal(call.Body["id"]!.GetValue<int>(), answer.GetProperty("id").GetInt32());
        Assert.Equal(504, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Null(await again.NextAsync(Token));
    }

    [Fact]
    public async Task The_call_of_a_job_begins_with_an_id_to_come_back_with()
    {
        var session = await server.OpenSessionAsync(Token);
        var events = await session.StreamAsync("tools/call", SessionWire.Call("slow_compute", new() { ["seconds"] = 1, ["label"] = "it" }), Token);
        var id = await events.UntilIdAsync(Token);
        await events.DisposeAsync();

        await using var again = await session.GetAsync(id, Token);

        Assert.Equal("Computed it.", await session.FinalTextAsync(await again.AnswerAsync(Token), Token));
    }

    [Fact]
    public async Task A_revision_that_knows_no_empty_events_gets_none()
    {
        var session = await server.OpenSessionAsync(Token, "2025-06-18");
        await using var events = await session.StreamAsync("tools/call", SessionWire.Call("slow_compute", new() { ["seconds"] = 1 }), Token);

        var lines = new List<string>();
        while (await events.NextLineAsync(Token) is { } line)
            lines.Add(line);

        Assert.DoesNotContain("data: ", lines);
        Assert.Contains(lines, line => line.StartsWith("data: {", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tool_may_let_go_of_the_connection_and_the_answer_is_there_for_who_comes_back()
    {
        var session = await server.OpenSessionAsync(Token);
        await using var events = await session.StreamAsync("tools/call", SessionWire.Call("test_reconnection"), Token);

        Assert.Null(await events.NextAsync(Token));
        Assert.Equal("1000", events.Retry);
        await using var again = await session.GetAsync(events.LastId, Token);

        Assert.Equal("Reconnection test completed.", await session.FinalTextAsync(await again.AnswerAsync(Token), Token));
    }

    [Fact]
    public async Task A_call_that_becomes_a_job_while_its_client_is_away_becomes_one_job_for_who_comes_back()
    {
        var key = (await server.CreateKeyAsync("acme", "walter", Token)).Key;
        var session = await server.OpenSessionAsync(Token, capabilities: Asks, key: key);
        await using var events = await session.StreamAsync("tools/call", SessionWire.Call("test_tool_with_task"), Token);
        var id = await events.UntilIdAsync(Token);
        var question = await events.NextAsync("elicitation/create", Token);
        await events.DisposeAsync();
        await session.AnswerAsync(
            question, new() { ["action"] = "accept", ["content"] = new JsonObject { ["name"] = "Walter" } }, Token);

        for (var i = 0; i < 2; i++)
        {
            await using var again = await session.GetAsync(id, Token);
            Assert.Contains("Hello, Walter, from a job!", (await again.AnswerAsync(Token)).GetRawText(), StringComparison.Ordinal);
        }

        Assert.Equal(1, (await session.SendAsync("tasks/list", null, Token)).Result.GetProperty("tasks").GetArrayLength());
    }

    [Theory]
    [InlineData("""{"Job":"@","RequestId":"1","IsTaskResult":false,"Sequence":0}""")]
    [InlineData("""{"Job":"@","RequestId":"1","IsTaskResult":false,"Sequence":0,"Asked":null}""")]
    [InlineData("""{"Job":"@","RequestId":"\n1","IsTaskResult":false,"Sequence":0,"Asked":[]}""")]
    [InlineData("""{"Job":"@","RequestId":"\"\\ud800\"","IsTaskResult":false,"Sequence":0,"Asked":[]}""")]
    [InlineData("""{"Job":"@","RequestId":"{}","IsTaskResult":false,"Sequence":0,"Asked":[]}""")]
    public async Task An_event_id_that_was_made_up_is_refused(string content)
    {
        var session = await server.OpenSessionAsync(Token);
        var job = await server.CreateTaskAsync("slow_compute", new() { ["seconds"] = 0 }, Token);
        var id = "j" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content.Replace("@", job, StringComparison.Ordinal)));

        await using var events = await session.GetAsync(id, Token);

        Assert.Contains("is not the id of an event", await events.NextLineAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_somebody_elses_job_opens_nothing()
    {
        var session = await server.OpenSessionAsync(Token);
        await using var events = await session.StreamAsync("tools/call", SessionWire.Call("slow_compute", new() { ["seconds"] = 1, ["label"] = "secret" }), Token);
        var id = await events.UntilIdAsync(Token);
        var other = await server.OpenSessionAsync(Token, key: (await server.CreateKeyAsync("acme", "mallory", Token)).Key);

        await using var stolen = await other.GetAsync(id, Token);
        var text = (await stolen.AnswerAsync(Token)).GetRawText();

        Assert.Contains("-32602", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Progress\":1e999")]
    [InlineData("\"Sequence\":-1")]
    public async Task An_event_id_that_somebody_made_up_is_refused(string member)
    {
        var session = await server.OpenSessionAsync(Token);
        var (name, value) = (member.Split(':')[0], member.Split(':')[1]);
        var sequence = name == "\"Sequence\"" ? value : "1";
        var progress = name == "\"Progress\"" ? value : "1";
        var id = $"{{\"Job\":\"{new string('0', 32)}\",\"RequestId\":\"1\",\"IsTaskResult\":false,\"Sequence\":{sequence},\"Progress\":{progress},\"Asked\":[]}}";

        await using var events = await session.GetAsync("j" + System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(id)), Token);

        Assert.Contains("Last-Event-ID", await events.NextLineAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_short_call_is_stopped_and_not_answered()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Asks);
        var message = session.Request("tools/call", SessionWire.Call("test_elicitation", new() { ["message"] = "Who?" }));
        await using var events = await server.Wire.StreamAsync(message, Token);
        await events.NextAsync("elicitation/create", Token);

        await session.NotifyAsync("notifications/cancelled", new() { ["requestId"] = message.Body["id"]!.DeepClone() }, Token);

        Assert.Null(await events.NextAsync(Token));
    }

    [Theory]
    [InlineData("the user pressed stop", "cancelled")]
    [InlineData("McpError: MCP error -32001: Request timed out", "completed")]
    public async Task A_cancelled_call_stops_its_job_unless_only_the_clients_patience_ended(string reason, string end)
    {
        var session = await server.OpenSessionAsync(Token);
        var message = session.Request("tools/call", SessionWire.Call("slow_compute", new() { ["seconds"] = 2 }));
        await using var events = await server.Wire.StreamAsync(message, Token);
        await events.UntilIdAsync(Token);
        var list = await session.SendAsync("tools/call", SessionWire.Call("job_list", new() { ["limit"] = 1 }), Token);
        var job = list.Result.GetProperty("structuredContent").GetProperty("jobs")[0].GetProperty("job_id").GetString()!;

        await session.NotifyAsync("notifications/cancelled", new() { ["requestId"] = message.Body["id"]!.DeepClone(), ["reason"] = reason }, Token);

        await server.UntilAsync(job, end, Token);
    }

    [Fact]
    public async Task The_sessions_own_stream_tells_of_lists_and_of_what_it_subscribed_to()
    {
        var key = (await server.CreateKeyAsync("initech", "ann", Token)).Key;
        var session = await server.OpenSessionAsync(Token, key: key);
        await session.SendAsync("resources/subscribe", new() { ["uri"] = "test://watched-resource" }, Token);
        await using var own = await session.GetAsync(null, Token);
        await own.UntilIdAsync(Token);

        await session.SendAsync("tools/call", SessionWire.Call("test_trigger_tool_change"), Token);

        await own.NextAsync("notifications/tools/list_changed", Token);
        var last = own.LastId!;
        await using var again = await session.GetAsync(last, Token);
        // What was announced meanwhile nobody knows: it is said of all that it may have changed.
        var updated = await again.NextAsync("notifications/resources/updated", Token);
        Assert.Equal("test://watched-resource", updated.GetProperty("params").GetProperty("uri").GetString());
        // The client has lost the stream before; nothing is sent on two.
        Assert.Null(await own.NextAsync(Token));
    }
}
