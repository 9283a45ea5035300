using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Multi round-trip requests: questions before the answer, with nothing held on the server.</summary>
public sealed class RoundTripTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("test_input_required_result_elicitation", "name")]
    [InlineData("test_elicitation", "username")]
    public async Task A_question_is_answered_on_the_retry(string tool, string field)
    {
        var arguments = new JsonObject { ["message"] = "Who are you?" };
        var asked = await CallAsync(tool, arguments, null, null);
        Assert.Equal("input_required", asked.Result.GetProperty("resultType").GetString());
        var question = Assert.Single(asked.Result.GetProperty("inputRequests").EnumerateObject());

        var answered = await CallAsync(tool, arguments, State(asked), Answers(question.Name, field));

        Assert.Equal("complete", answered.Result.GetProperty("resultType").GetString());
    }

    [Fact]
    public async Task A_missing_answer_is_asked_for_again_and_unknown_keys_are_ignored()
    {
        var asked = await CallAsync("test_elicitation", Arguments(), null, null);

        var again = await CallAsync("test_elicitation", Arguments(), State(asked), Answers("another key", "username"));

        Assert.Equal("input_required", again.Result.GetProperty("resultType").GetString());
        Assert.Single(again.Result.GetProperty("inputRequests").EnumerateObject());
    }

    [Fact]
    public async Task A_state_that_was_altered_is_refused()
    {
        var asked = await CallAsync("test_elicitation", Arguments(), null, null);

        var reply = await CallAsync("test_elicitation", Arguments(), State(asked) + "-TAMPERED", Answers(Key(asked), "username"));

        Assert.Equal(-32602, reply.Code);
        Assert.Contains("requestState", reply.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_does_not_open_for_other_arguments_or_another_caller()
    {
        var asked = await CallAsync("test_elicitation", Arguments(), null, null);
        var state = State(asked);

        var other = await CallAsync("test_elicitation", new JsonObject { ["message"] = "another" }, state, Answers(Key(asked), "username"));
        var foreign = await server.OtherTenant.SendAsync(
            "tools/call", Parameters("test_elicitation", Arguments(), state, Answers(Key(asked), "username")), Wire.Elicitation, Token);

        Assert.Equal((-32602, -32602), (other.Code, foreign.Code));
    }

    [Fact]
    public async Task A_state_expires()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Actors:Mcp:RequestStateLifetime"] = "00:00:00.001",
            ["Actors:Authentication:AnonymousTenant"] = "open",
        };
        await using var hurried = await server.StartAnotherAsync("http://127.0.0.1:0", settings);
        using var http = new HttpClient { BaseAddress = new Uri(hurried.Urls.First()) };
        var wire = new Wire(http, null);
        var asked = await wire.CallAsync("test_elicitation", Arguments(), Wire.Elicitation, Token);

        Reply late;
        do
        {
            var parameters = Parameters("test_elicitation", Arguments(), State(asked), Answers(Key(asked), "username"));
            late = await wire.SendAsync("tools/call", parameters, Wire.Elicitation, Token);
        }
        while (late.Message.TryGetProperty("result", out _));

        Assert.Equal(-32602, late.Code);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"user_name\":12345}")]
    public async Task Answers_of_another_form_are_refused(string responses)
    {
        var parameters = new JsonObject
        {
            ["name"] = "test_input_required_result_elicitation",
            ["inputResponses"] = JsonNode.Parse(responses),
        };

        Assert.Equal(-32602, (await server.Wire.SendAsync("tools/call", parameters, Wire.Elicitation, Token)).Code);
    }

    [Fact]
    public async Task A_question_that_the_client_did_not_declare_is_not_put()
    {
        var reply = await server.Wire.CallAsync("test_elicitation", Arguments(), null, Token);

        Assert.Equal((400, -32021), (reply.Status, reply.Code));
        Assert.True(reply.Error.GetProperty("data").GetProperty("requiredCapabilities").TryGetProperty("elicitation", out _));
    }

    [Fact]
    public async Task Questions_before_a_task_are_asked_in_the_call_itself()
    {
        var capabilities = Wire.Tasks;
        capabilities["elicitation"] = new JsonObject();
        var asked = await server.Wire.CallAsync("test_tool_with_task", [], capabilities.DeepClone().AsObject(), Token);
        Assert.Equal("input_required", asked.Result.GetProperty("resultType").GetString());
        Assert.False(asked.Result.TryGetProperty("taskId", out _));

        var parameters = Parameters("test_tool_with_task", [], State(asked), Answers(Key(asked), "name"));
        var created = await server.Wire.SendAsync("tools/call", parameters, capabilities, Token);

        Assert.Equal("task", created.Result.GetProperty("resultType").GetString());
        Assert.False(created.Result.TryGetProperty("requestState", out _));
        var done = await server.UntilAsync(created.TaskId, "completed", Token);
        Assert.Contains("Ada", done.GetProperty("result").GetRawText(), StringComparison.Ordinal);
    }

    private Task<Reply> CallAsync(string tool, JsonObject arguments, string? state, JsonObject? responses) =>
        server.Wire.SendAsync("tools/call", Parameters(tool, arguments, state, responses), Wire.Elicitation, Token);

    private static JsonObject Parameters(string tool, JsonObject arguments, string? state, JsonObject? responses)
    {
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = arguments.DeepClone() };
        if (state is not null)
            parameters["requestState"] = state;
        if (responses is not null)
            parameters["inputResponses"] = responses;
        return parameters;
    }

    private static JsonObject Arguments() => new() { ["message"] = "Who are you?" };

    private static JsonObject Answers(string key, string field) => new()
    {
        [key] = new JsonObject { ["action"] = "accept", ["content"] = new JsonObject { [field] = "Ada" } },
    };

    private static string State(Reply reply) => reply.Result.GetProperty("requestState").GetString()!;

    private static string Key(Reply reply) => reply.Result.GetProperty("inputRequests").EnumerateObject().Single().Name;
}
