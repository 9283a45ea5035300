using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A job as the tasks extension shows it.</summary>
public sealed class TaskTests(Server server)
{
    private static readonly string[] NotOnAcknowledgements = ["taskId", "status", "result", "error", "inputRequests"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_tool_answers_with_a_flat_task_that_tasks_get_finds_at_once()
    {
        var created = await server.Wire.CallAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Wire.Tasks, Token);

        Assert.Equal("task", created.Result.GetProperty("resultType").GetString());
        Assert.Equal("working", created.Result.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Number, created.Result.GetProperty("ttlMs").ValueKind);
        Assert.True(created.Result.GetProperty("pollIntervalMs").GetInt32() > 0);
        Assert.True(created.Result.TryGetProperty("createdAt", out _) && created.Result.TryGetProperty("lastUpdatedAt", out _));
        Assert.False(created.Result.TryGetProperty("task", out _));
        var got = await server.GetTaskAsync(created.TaskId, Token);
        Assert.Equal("complete", got.Result.GetProperty("resultType").GetString());
        Assert.Equal(created.TaskId, got.TaskId);
        Assert.Equal("working", got.Result.GetProperty("status").GetString());
        await server.CancelTaskAsync(created.TaskId, Token);
    }

    [Fact]
    public async Task A_completed_task_holds_the_tools_own_result()
    {
        var id = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 1, ["label"] = "it" }, Token);

        var done = await server.UntilAsync(id, "completed", Token);

        var result = done.GetProperty("result");
        Assert.Equal("complete", result.GetProperty("resultType").GetString());
        Assert.Equal("Computed it.", result.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_tools_own_failure_is_a_completed_task()
    {
        var id = await server.CreateTaskAsync("failing_job", [], Token);

        var done = await server.UntilAsync(id, "completed", Token);

        Assert.True(done.GetProperty("result").GetProperty("isError").GetBoolean());
    }

    [Fact]
    public async Task A_protocol_error_is_a_failed_task_that_says_why()
    {
        var id = await server.CreateTaskAsync("protocol_error_job", [], Token);

        var failed = await server.UntilAsync(id, "failed", Token);

        Assert.Equal(JsonValueKind.Number, failed.GetProperty("error").GetProperty("code").ValueKind);
        Assert.NotEqual("", failed.GetProperty("error").GetProperty("message").GetString());
        Assert.NotEqual("", failed.GetProperty("statusMessage").GetString());
        Assert.False(failed.TryGetProperty("result", out _));
    }

    [Fact]
    public async Task A_failed_task_never_carries_a_code_that_the_revision_withdrew()
    {
        var id = await server.CreateTaskAsync("finds_nothing", [], Token);

        var task = await server.UntilAsync(id, "failed", Token);
        var waited = await server.Wire.CallAsync("finds_nothing", [], null, Token);

        Assert.Equal(-32602, task.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal((-32602, "Nothing was found."), (waited.Code, waited.ErrorMessage));
    }

    [Fact]
    public async Task A_cancelled_task_becomes_cancelled_and_cancelling_again_is_acknowledged()
    {
        var id = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);

        var first = await server.CancelTaskAsync(id, Token);
        await server.UntilAsync(id, "cancelled", Token);
        var second = await server.CancelTaskAsync(id, Token);

        foreach (var reply in new[] { first, second })
            AssertAcknowledged(reply);
    }

    [Fact]
    public async Task A_question_in_the_middle_is_answered_with_tasks_update()
    {
        var id = await server.CreateTaskAsync("confirm_delete", new JsonObject { ["filename"] = "a.txt" }, Token, Wire.Elicitation);
        var waiting = await server.UntilAsync(id, "input_required", Token);
        var question = Assert.Single(waiting.GetProperty("inputRequests").EnumerateObject());
        Assert.Equal("elicitation/create", question.Value.GetProperty("method").GetString());

        var update = await server.UpdateTaskAsync(id, question.Name, Accept("confirm", true), Token);

        AssertAcknowledged(update);
        var done = await server.UntilAsync(id, "completed", Token);
        Assert.Equal("Deleted a.txt.", done.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Two_open_questions_are_answered_one_by_one()
    {
        var id = await server.CreateTaskAsync("multi_input", [], Token, Wire.Elicitation);
        var both = await server.UntilAsync(id, task => task.TryGetProperty("inputRequests", out var q) && q.EnumerateObject().Count() == 2, Token);
        var keys = both.GetProperty("inputRequests").EnumerateObject().Select(question => question.Name).ToArray();
        var answer = new JsonObject { ["action"] = "accept", ["content"] = new JsonObject { ["name"] = "Ada", ["confirm"] = true } };

        await server.UpdateTaskAsync(id, keys[0], answer.DeepClone().AsObject(), Token);
        var one = await server.UntilAsync(id, task => task.TryGetProperty("inputRequests", out var q) && q.EnumerateObject().Count() == 1, Token);
        Assert.Equal(keys[1], Assert.Single(one.GetProperty("inputRequests").EnumerateObject()).Name);
        await server.UpdateTaskAsync(id, keys[1], answer, Token);

        await server.UntilAsync(id, "completed", Token);
    }

    [Fact]
    public async Task Answers_that_nobody_asked_for_are_acknowledged_and_ignored()
    {
        var id = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);

        AssertAcknowledged(await server.UpdateTaskAsync(id, "unknown-key", new JsonObject { ["ignored"] = true }, Token));
        await server.CancelTaskAsync(id, Token);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("12345")]
    [InlineData("{\"key\":12345}")]
    [InlineData("{\"key\":null}")]
    public async Task Input_responses_of_another_form_are_refused(string responses)
    {
        var id = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);
        var parameters = new JsonObject { ["taskId"] = id, ["inputResponses"] = JsonNode.Parse(responses) };

        var reply = await server.Wire.SendAsync("tasks/update", parameters, Wire.Tasks, Token);

        Assert.Equal(-32602, reply.Code);
        await server.CancelTaskAsync(id, Token);
    }

    [Theory]
    [InlineData("tasks/get")]
    [InlineData("tasks/update")]
    [InlineData("tasks/cancel")]
    public async Task Without_the_extension_the_gate_comes_before_the_lookup(string method)
    {
        foreach (var capabilities in new[] { new JsonObject(), new JsonObject { ["tasks"] = new JsonObject() } })
        {
            var parameters = new JsonObject { ["taskId"] = "no such task", ["inputResponses"] = new JsonObject() };
            var reply = await server.Wire.SendAsync(method, parameters, capabilities, Token);

            Assert.Equal((400, -32021), (reply.Status, reply.Code));
            Assert.True(reply.Error.GetProperty("data").GetProperty("requiredCapabilities").GetProperty("extensions")
                .TryGetProperty("io.modelcontextprotocol/tasks", out _));
        }
    }

    [Theory]
    [InlineData("tasks/get")]
    [InlineData("tasks/update")]
    [InlineData("tasks/cancel")]
    public async Task A_handle_of_another_tenant_and_one_that_never_was_get_the_same_answer(string method)
    {
        var foreign = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);
        var texts = new List<string>();
        foreach (var id in new[] { foreign, Actors.Jobs.JobKey.NewId(), "not a handle" })
        {
            var parameters = new JsonObject { ["taskId"] = id, ["inputResponses"] = new JsonObject() };
            var message = server.OtherTenant.Request(method, parameters, Wire.Tasks);
            message.Body["id"] = 1;
            var reply = await server.OtherTenant.SendAsync(message, Token);
            Assert.Equal(-32602, reply.Code);
            texts.Add($"{reply.Status} {reply.Text}");
        }

        Assert.Single(texts.Distinct());
        Assert.Equal("working", (await server.GetTaskAsync(foreign, Token)).Result.GetProperty("status").GetString());
        await server.CancelTaskAsync(foreign, Token);
    }

    [Fact]
    public async Task A_wrong_name_header_is_refused_and_a_missing_one_is_not()
    {
        var id = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);
        var message = server.Wire.Request("tasks/get", new JsonObject { ["taskId"] = id }, Wire.Tasks);
        message.Headers["Mcp-Name"] = "another";
        Assert.Equal((400, -32020), ((await server.Wire.SendAsync(message, Token)) is var wrong ? (wrong.Status, wrong.Code) : default));

        message.Headers["Mcp-Name"] = null;
        Assert.Equal(200, (await server.Wire.SendAsync(message, Token)).Status);
        await server.CancelTaskAsync(id, Token);
    }

    [Fact]
    public async Task A_tool_that_needs_tasks_is_refused_without_the_extension()
    {
        var reply = await server.Wire.CallAsync("failing_job", [], null, Token);

        Assert.Equal((400, -32021), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_short_tool_is_never_a_task()
    {
        var reply = await server.Wire.CallAsync("greet", new JsonObject { ["name"] = "Ada" }, Wire.Tasks, Token);

        Assert.Equal("complete", reply.Result.GetProperty("resultType").GetString());
        Assert.Equal("Hello, Ada!", reply.ToolText);
    }

    private static JsonObject Accept(string field, bool value) =>
        new() { ["action"] = "accept", ["content"] = new JsonObject { [field] = value } };

    private static void AssertAcknowledged(Reply reply)
    {
        Assert.Equal(200, reply.Status);
        Assert.Equal("complete", reply.Result.GetProperty("resultType").GetString());
        Assert.All(NotOnAcknowledgements, member => Assert.False(reply.Result.TryGetProperty(member, out _)));
    }
}
