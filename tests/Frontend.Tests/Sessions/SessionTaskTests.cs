using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Tasks of revision 2025-11-25.</summary>
public sealed class SessionTaskTests(Server server)
{
    private const string Related = "io.modelcontextprotocol/related-task";

    private static JsonObject Elicits => new() { ["elicitation"] = new JsonObject() };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_with_a_task_returns_it_and_its_result_is_fetched()
    {
        var session = await server.OpenSessionAsync(Token);
        var task = await CreateAsync(session, "slow_compute", new() { ["seconds"] = 1, ["label"] = "it" }, ttl: 60_000);

        Assert.Equal("working", task.GetProperty("status").GetString());
        Assert.Equal(60_000, task.GetProperty("ttl").GetInt64());
        Assert.Equal(100, task.GetProperty("pollInterval").GetInt32());
        var id = task.GetProperty("taskId").GetString()!;
        await using var result = await session.StreamAsync("tasks/result", new() { ["taskId"] = id }, Token);
        var answer = (await result.AnswerAsync(Token)).GetProperty("result");

        Assert.Equal("Computed it.", answer.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(id, answer.GetProperty("_meta").GetProperty(Related).GetProperty("taskId").GetString());
        var status = (await session.SendAsync("tasks/get", new() { ["taskId"] = id }, Token)).Result;
        Assert.Equal("completed", status.GetProperty("status").GetString());
        Assert.False(status.TryGetProperty("result", out _));
        Assert.False(status.TryGetProperty("_meta", out _));
    }

    [Fact]
    public async Task Tools_say_whether_they_run_as_tasks()
    {
        var session = await server.OpenSessionAsync(Token);
        var support = new Dictionary<string, string?>();
        string? cursor = null;
        do
        {
            var page = (await session.SendAsync("tools/list", cursor is null ? [] : new() { ["cursor"] = cursor }, Token)).Result;
            foreach (var tool in page.GetProperty("tools").EnumerateArray())
                support[tool.GetProperty("name").GetString()!] = tool.TryGetProperty("execution", out var execution) ? execution.GetProperty("taskSupport").GetString() : null;
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(("optional", "required", null), (support["slow_compute"], support["failing_job"], support["greet"]));
        Assert.Contains("job_wait", support.Keys);
    }

    [Fact]
    public async Task Task_support_is_kept_to_in_both_directions()
    {
        var session = await server.OpenSessionAsync(Token);

        Assert.Equal(-32601, (await session.SendAsync("tools/call", SessionWire.Call("greet", new() { ["name"] = "x" }, []), Token)).Code);
        Assert.Equal(-32601, (await session.SendAsync("tools/call", SessionWire.Call("failing_job"), Token)).Code);
    }

    [Fact]
    public async Task A_tools_failure_is_the_tasks_result_and_a_protocol_error_its_error()
    {
        var session = await server.OpenSessionAsync(Token);
        var failing = await CreateAsync(session, "failing_job", []);
        var broken = await CreateAsync(session, "protocol_error_job", []);

        Assert.True((await ResultAsync(session, failing)).GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Equal(JsonValueKind.Number, (await ResultAsync(session, broken)).GetProperty("error").GetProperty("code").ValueKind);
    }

    [Fact]
    public async Task A_tasks_question_comes_on_an_open_result_stream_and_nowhere_else()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Elicits);
        await using var own = await session.GetAsync(null, Token);
        await own.UntilIdAsync(Token);
        var task = await CreateAsync(session, "multi_input", []);
        var id = task.GetProperty("taskId").GetString()!;
        await using var result = await session.StreamAsync("tasks/result", new() { ["taskId"] = id }, Token);

        for (var questions = 0; questions < 2; questions++)
        {
            var question = await result.NextAsync("elicitation/create", Token);
            Assert.Equal(id, question.GetProperty("params").GetProperty("_meta").GetProperty(Related).GetProperty("taskId").GetString());
            await session.AnswerAsync(question, new() { ["action"] = "accept", ["content"] = new JsonObject { ["name"] = "x", ["confirm"] = true } }, Token);
        }

        Assert.Contains("Answered: accept, accept.", (await result.AnswerAsync(Token)).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_result_stream_a_question_comes_on_the_sessions_own_stream_with_the_states()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Elicits);
        await using var own = await session.GetAsync(null, Token);
        await own.UntilIdAsync(Token);
        var task = await CreateAsync(session, "confirm_delete", new() { ["filename"] = "x" });

        var question = await own.NextAsync("elicitation/create", Token);
        await session.AnswerAsync(question, new() { ["action"] = "accept", ["content"] = new JsonObject { ["confirm"] = true } }, Token);
        JsonElement status;
        do
            status = (await own.NextAsync("notifications/tasks/status", Token)).GetProperty("params");
        while (status.GetProperty("status").GetString() != "completed");

        Assert.Equal(task.GetProperty("taskId").GetString(), status.GetProperty("taskId").GetString());
        Assert.False(status.TryGetProperty("_meta", out _));
    }

    [Fact]
    public async Task A_result_stream_is_taken_up_again_without_asking_twice()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Elicits);
        var task = await CreateAsync(session, "confirm_delete", new() { ["filename"] = "x" });
        var id = task.GetProperty("taskId").GetString()!;
        var result = await session.StreamAsync("tasks/result", new() { ["taskId"] = id }, Token);
        var question = await result.NextAsync("elicitation/create", Token);
        var last = result.LastId!;
        await result.DisposeAsync();

        await using var again = await session.GetAsync(last, Token);
        await session.AnswerAsync(question, new() { ["action"] = "accept", ["content"] = new JsonObject { ["confirm"] = true } }, Token);

        var first = (await again.NextAsync(Token))!.Value;
        Assert.Equal("Deleted x.", first.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Cancel_answers_once_the_task_is_cancelled_and_refuses_what_has_ended()
    {
        var session = await server.OpenSessionAsync(Token);
        var id = (await CreateAsync(session, "slow_compute", new() { ["seconds"] = 60 })).GetProperty("taskId").GetString()!;

        var cancelled = await session.SendAsync("tasks/cancel", new() { ["taskId"] = id }, Token);
        var again = await session.SendAsync("tasks/cancel", new() { ["taskId"] = id }, Token);

        Assert.Equal("cancelled", cancelled.Result.GetProperty("status").GetString());
        Assert.Equal(-32602, again.Code);
    }

    [Fact]
    public async Task The_list_has_ones_own_tasks_page_by_page()
    {
        var key = (await server.CreateKeyAsync("hooli", "gavin", Token)).Key;
        var session = await server.OpenSessionAsync(Token, key: key);
        var mine = new List<string>();
        for (var i = 0; i <= Server.PageSize; i++)
            mine.Add((await CreateAsync(session, "slow_compute", new() { ["seconds"] = 0 })).GetProperty("taskId").GetString()!);

        var first = (await session.SendAsync("tasks/list", [], Token)).Result;
        var second = (await session.SendAsync("tasks/list", new() { ["cursor"] = first.GetProperty("nextCursor").GetString() }, Token)).Result;

        Assert.Equal(
            mine.Order(), Ids(first).Concat(Ids(second)).Order());
        Assert.False(second.TryGetProperty("nextCursor", out _));
        Assert.Empty(Ids((await (await server.OpenSessionAsync(Token, key: (await server.CreateKeyAsync("hooli", "eve", Token)).Key))
            .SendAsync("tasks/list", [], Token)).Result));
        Assert.Equal(-32602, (await session.SendAsync("tasks/list", new() { ["cursor"] = "nonsense" }, Token)).Code);
    }

    [Fact]
    public async Task A_task_whose_tool_failed_has_failed_in_the_list_too()
    {
        var session = await server.OpenSessionAsync(Token, key: (await server.CreateKeyAsync("acme", "unlucky", Token)).Key);
        var id = (await CreateAsync(session, "failing_job", [])).GetProperty("taskId").GetString()!;
        await ResultAsync(session, id);

        var got = (await session.SendAsync("tasks/get", new() { ["taskId"] = id }, Token)).Result;
        var listed = (await session.SendAsync("tasks/list", [], Token)).Result.GetProperty("tasks")[0];

        Assert.Equal("failed", got.GetProperty("status").GetString());
        Assert.Equal("failed", listed.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("tasks/get")]
    [InlineData("tasks/result")]
    [InlineData("tasks/cancel")]
    public async Task An_unknown_task_and_somebody_elses_look_the_same(string method)
    {
        var session = await server.OpenSessionAsync(Token);
        var other = await server.OpenSessionAsync(Token, key: (await server.CreateKeyAsync("acme", "mallory", Token)).Key);
        var id = (await CreateAsync(session, "slow_compute", new() { ["seconds"] = 0 })).GetProperty("taskId").GetString()!;

        var stolen = await other.SendAsync(method, new() { ["taskId"] = id }, Token);
        var unknown = await other.SendAsync(method, new() { ["taskId"] = Guid.NewGuid().ToString("N") }, Token);

        Assert.Equal(-32602, stolen.Code);
        Assert.Equal(stolen.ErrorMessage, unknown.ErrorMessage);
    }

    [Fact]
    public async Task The_same_job_is_the_same_in_every_dialect()
    {
        var session = await server.OpenSessionAsync(Token);
        var id = (await CreateAsync(session, "slow_compute", new() { ["seconds"] = 1, ["label"] = "it" })).GetProperty("taskId").GetString()!;
        var modern = (await server.UntilAsync(id, "completed", Token)).GetProperty("result").GetProperty("content").GetRawText();

        var legacy = (await ResultAsync(session, id)).GetProperty("result").GetProperty("content").GetRawText();
        var tool = (await session.SendAsync("tools/call", SessionWire.Call("job_result", new() { ["job_id"] = id }), Token)).Result;

        Assert.Equal(modern, legacy);
        Assert.Equal(modern, tool.GetProperty("content").GetRawText());
    }

    private static async Task<JsonElement> CreateAsync(SessionWire session, string tool, JsonObject arguments, long? ttl = null) =>
        (await session.SendAsync("tools/call", SessionWire.Call(tool, arguments, ttl is null ? [] : new() { ["ttl"] = ttl }), Token))
        .Result.GetProperty("task");

    private static Task<JsonElement> ResultAsync(SessionWire session, JsonElement task) =>
        ResultAsync(session, task.GetProperty("taskId").GetString()!);

    private static async Task<JsonElement> ResultAsync(SessionWire session, string id)
    {
        await using var result = await session.StreamAsync("tasks/result", new() { ["taskId"] = id }, Token);
        return await result.AnswerAsync(Token);
    }

    private static IEnumerable<string> Ids(JsonElement page) =>
        page.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("taskId").GetString()!);
}
