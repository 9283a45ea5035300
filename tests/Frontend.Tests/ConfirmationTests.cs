using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A person confirms what destroys, as each client can ask one.</summary>
public sealed class ConfirmationTests(Server server)
{
    private const string Key = "actors-confirmation";
    private const string Unasked = "did not run: a person must confirm it first, and this client cannot be asked";
    private const string Declined = "did not run: the person who was asked to confirm it did not agree";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("accept", "Deleted all of 2019.")]
    [InlineData("decline", Declined)]
    [InlineData("cancel", Declined)]
    public async Task A_short_call_asks_in_a_round_and_runs_only_if_it_is_accepted(string action, string said)
    {
        var asked = await server.Wire.SendAsync("tools/call", Delete("all of 2019"), Wire.Elicitation, Token);
        Assert.Equal("input_required", asked.Result.GetProperty("resultType").GetString());
        var question = asked.Result.GetProperty("inputRequests").GetProperty(Key);
        Assert.Equal("elicitation/create", question.GetProperty("method").GetString());
        Assert.Equal(
            """Run 'delete_records'? It may destroy something. Its arguments: {"filter":"all of 2019"}""",
            question.GetProperty("params").GetProperty("message").GetString());

        var done = await server.Wire.SendAsync("tools/call", Answered(Delete("all of 2019"), asked, action), Wire.Elicitation, Token);

        Assert.Contains(said, done.ToolText, StringComparison.Ordinal);
        Assert.Equal(action != "accept", done.IsToolError);
    }

    [Fact]
    public async Task What_was_confirmed_is_confirmed_for_these_arguments_and_no_others()
    {
        var asked = await server.Wire.SendAsync("tools/call", Delete("little"), Wire.Elicitation, Token);

        var other = await server.Wire.SendAsync("tools/call", Answered(Delete("everything"), asked, "accept"), Wire.Elicitation, Token);

        Assert.Equal(-32602, other.Code);
    }

    [Theory]
    [InlineData("accept", false, "Dropped orders.")]
    [InlineData("decline", true, Declined)]
    public async Task A_task_asks_before_its_tool_runs_and_keeps_who_answered(string action, bool isError, string said)
    {
        var job = await server.CreateTaskAsync("drop_table", new() { ["table"] = "orders" }, Token, Wire.Elicitation);
        var asking = await server.UntilAsync(job, "input_required", Token);
        Assert.Contains("""{"table":"orders"}""", asking.GetProperty("inputRequests").GetProperty(Key).GetProperty("params").GetProperty("message").GetString(), StringComparison.Ordinal);

        await server.UpdateTaskAsync(job, Key, new() { ["action"] = action }, Token);

        var result = (await server.UntilAsync(job, "completed", Token)).GetProperty("result");
        Assert.Contains(said, result.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(isError, result.TryGetProperty("isError", out var flag) && flag.GetBoolean());
        var answered = Assert.Single((await ReportAsync(server.Wire, job)).GetProperty("answered").EnumerateArray());
        Assert.Equal(
            (Key, "ada", "tasks/update"),
            (answered.GetProperty("key").GetString(), answered.GetProperty("by").GetString(), answered.GetProperty("through").GetString()));
    }

    [Fact]
    public async Task A_session_asks_by_a_request_on_the_calls_stream_and_on_the_tasks_result_stream()
    {
        var session = await server.OpenSessionAsync(Token, capabilities: Wire.Elicitation);
        await using var call = await session.StreamAsync("tools/call", SessionWire.Call("delete_records", new() { ["filter"] = "it" }), Token);
        await session.AnswerAsync(await call.NextAsync("elicitation/create", Token), new() { ["action"] = "accept", ["content"] = new JsonObject() }, Token);
        Assert.Equal("Deleted it.", TextOf(await call.AnswerAsync(Token)));

        await using var refused = await session.StreamAsync("tools/call", SessionWire.Call("delete_records", new() { ["filter"] = "it" }), Token);
        await session.AnswerAsync(await refused.NextAsync("elicitation/create", Token), new() { ["action"] = "decline" }, Token);
        Assert.Contains(Declined, TextOf(await refused.AnswerAsync(Token)), StringComparison.Ordinal);

        var task = (await session.SendAsync("tools/call", SessionWire.Call("drop_table", new() { ["table"] = "t" }, task: []), Token)).Result.GetProperty("task");
        await using var result = await session.StreamAsync("tasks/result", new() { ["taskId"] = task.GetProperty("taskId").GetString() }, Token);
        await session.AnswerAsync(await result.NextAsync("elicitation/create", Token), new() { ["action"] = "accept", ["content"] = new JsonObject() }, Token);
        Assert.Equal("Dropped t.", TextOf(await result.AnswerAsync(Token)));
    }

    [Fact]
    public async Task A_client_that_cannot_ask_its_user_is_refused_in_words_or_asked_through_the_job_tools()
    {
        var session = await server.OpenSessionAsync(Token);
        foreach (var reply in (Reply[])[await server.Wire.SendAsync("tools/call", Delete("it"), null, Token), await session.SendAsync("tools/call", Delete("it"), Token)])
        {
            Assert.True(reply.IsToolError);
            Assert.Contains(Unasked, reply.ToolText, StringComparison.Ordinal);
        }

        // With tasks it would be asked with tasks/get, which it has said it cannot answer.
        var task = await server.CreateTaskAsync("drop_table", new() { ["table"] = "t" }, Token);
        var refused = (await server.UntilAsync(task, "completed", Token)).GetProperty("result");
        Assert.True(refused.GetProperty("isError").GetBoolean());
        Assert.Contains(Unasked, refused.GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);

        var asked = await server.Wire.CallAsync("drop_table", new() { ["table"] = "t" }, null, Token);
        var askedInSession = await session.SendAsync("tools/call", SessionWire.Call("drop_table", new() { ["table"] = "t" }), Token);
        foreach (var asking in (Reply[])[asked, askedInSession])
        {
            var job = asking.Result.GetProperty("structuredContent").GetProperty("job_id").GetString()!;
            await server.UntilAsync(job, "input_required", Token);
            var taken = await server.Wire.CallAsync("job_respond", new() { ["job_id"] = job, ["key"] = Key, ["action"] = "accept" }, null, Token);
            Assert.StartsWith("The answer is taken.", taken.ToolText, StringComparison.Ordinal);
            await server.UntilAsync(job, "completed", Token);
            Assert.Equal("Dropped t.", (await server.Wire.CallAsync("job_result", new() { ["job_id"] = job }, null, Token)).ToolText);
        }
    }

    [Fact]
    public async Task Nobody_is_asked_where_a_tools_owner_turned_it_off() =>
        Assert.Equal("Wiped it.", (await server.Wire.CallAsync("wipe_unasked", new() { ["what"] = "it" }, null, Token)).ToolText);

    [Theory]
    [InlineData("Actors:Tools:ConfirmDestructive", "false", true)]
    [InlineData("Actors:Tools:Unconfirmed:0", "Actors.FixturePack", true)]
    [InlineData("Actors:Tools:Unconfirmed:0", "delete_records", false)]
    public async Task Nobody_is_asked_where_the_operator_turned_it_off(string option, string value, bool forAll)
    {
        await using var another = await server.StartAnotherAsync(
            "http://127.0.0.1:0", new() { ["Actors:Authentication:AnonymousTenant"] = "open", [option] = value });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        var wire = new Wire(http, null);

        var deleted = await wire.SendAsync("tools/call", Delete("it"), null, Token);
        var job = await server.CreateTaskAsync("drop_table", new() { ["table"] = "t" }, Token, wire: wire);
        var dropped = (await server.UntilAsync(job, "completed", Token, wire)).GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString();

        Assert.Equal("Deleted it.", deleted.ToolText);
        Assert.Equal(forAll, dropped == "Dropped t.");
        Assert.Equal(!forAll, dropped!.Contains(Unasked, StringComparison.Ordinal));
    }

    private static JsonObject Delete(string filter) => new() { ["name"] = "delete_records", ["arguments"] = new JsonObject { ["filter"] = filter } };

    private static JsonObject Answered(JsonObject call, Reply asked, string action)
    {
        call["requestState"] = asked.Result.GetProperty("requestState").GetString();
        call["inputResponses"] = new JsonObject { [Key] = new JsonObject { ["action"] = action } };
        return call;
    }

    private static async Task<JsonElement> ReportAsync(Wire wire, string job) =>
        (await wire.CallAsync("job_get", new() { ["job_id"] = job }, null, Token)).Result.GetProperty("structuredContent");

    private static string TextOf(JsonElement answer) => answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
}
