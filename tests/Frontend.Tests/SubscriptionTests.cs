using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>subscriptions/listen, event by event.</summary>
public sealed class SubscriptionTests(Server server)
{
    private const string Acknowledged = "notifications/subscriptions/acknowledged";
    private const string ToolsChanged = "notifications/tools/list_changed";
    private const string PromptsChanged = "notifications/prompts/list_changed";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_acknowledgement_comes_first_and_names_what_is_honoured()
    {
        var filter = new JsonObject { ["toolsListChanged"] = true, ["promptsListChanged"] = false, ["resourceSubscriptions"] = new JsonArray("test://watched-resource") };
        var message = server.Wire.Request("subscriptions/listen", new JsonObject { ["notifications"] = filter });
        message.Body["id"] = "my subscription";

        await using var events = await server.Wire.StreamAsync(message, Token);

        Assert.Equal("text/event-stream", events.Response.Content.Headers.ContentType!.MediaType);
        var first = (await events.NextAsync(Token))!.Value;
        Assert.Equal(Acknowledged, first.GetProperty("method").GetString());
        Assert.Equal("my subscription", SubscriptionId(first).GetString());
        Assert.True(JsonElement.DeepEquals(
            JsonElement.Parse("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"test://watched-resource\"]}"),
            first.GetProperty("params").GetProperty("notifications")));
    }

    [Fact]
    public async Task A_changed_list_reaches_those_who_asked_for_it_and_nobody_else()
    {
        await using var tools = await ListenAsync(new JsonObject { ["toolsListChanged"] = true });
        await using var prompts = await ListenAsync(new JsonObject { ["promptsListChanged"] = true });

        await server.Wire.CallAsync("test_trigger_tool_change", [], null, Token);
        await server.Wire.CallAsync("test_trigger_prompt_change", [], null, Token);

        var toTools = (await tools.NextAsync(Token))!.Value;
        Assert.Equal(ToolsChanged, toTools.GetProperty("method").GetString());
        Assert.Equal(JsonValueKind.Number, SubscriptionId(toTools).ValueKind);
        // It is the first that arrives, so the change of tools before it was held back.
        Assert.Equal(PromptsChanged, (await prompts.NextAsync(Token))!.Value.GetProperty("method").GetString());
    }

    [Fact]
    public async Task A_change_in_another_tenant_is_not_heard()
    {
        await using var mine = await ListenAsync(new JsonObject { ["toolsListChanged"] = true, ["promptsListChanged"] = true });

        await server.OtherTenant.CallAsync("test_trigger_tool_change", [], null, Token);
        await server.Wire.CallAsync("test_trigger_prompt_change", [], null, Token);

        Assert.Equal(PromptsChanged, (await mine.NextAsync(Token))!.Value.GetProperty("method").GetString());
    }

    [Fact]
    public async Task A_task_is_followed_to_its_end()
    {
        var id = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 2 }, Token);
        await using var events = await server.Wire.ListenAsync(
            new JsonObject { ["taskIds"] = new JsonArray(id, Jobs.JobKey.NewId()) }, Wire.Tasks, Token);
        var acknowledged = (await events.NextAsync(Token))!.Value;
        Assert.Equal([id], acknowledged.GetProperty("params").GetProperty("notifications").GetProperty("taskIds").EnumerateArray().Select(x => x.GetString()));

        JsonElement task;
        do
        {
            var next = await events.NextAsync("notifications/tasks", Token);
            Assert.Equal(JsonValueKind.Number, SubscriptionId(next).ValueKind);
            task = next.GetProperty("params");
            Assert.Equal(id, task.GetProperty("taskId").GetString());
        }
        while (task.GetProperty("status").GetString() == "working");

        Assert.Equal("completed", task.GetProperty("status").GetString());
        Assert.Equal("complete", task.GetProperty("result").GetProperty("resultType").GetString());
    }

    [Fact]
    public async Task Somebody_elses_task_is_not_followed()
    {
        var id = await server.CreateTaskAsync("slow_compute", new JsonObject { ["seconds"] = 60 }, Token);

        await using var events = await server.OtherTenant.ListenAsync(new JsonObject { ["taskIds"] = new JsonArray(id) }, Wire.Tasks, Token);

        var acknowledged = (await events.NextAsync(Token))!.Value;
        Assert.Equal(0, acknowledged.GetProperty("params").GetProperty("notifications").GetProperty("taskIds").GetArrayLength());
        await server.CancelTaskAsync(id, Token);
    }

    [Fact]
    public async Task Listening_to_tasks_needs_the_extension()
    {
        var parameters = new JsonObject { ["notifications"] = new JsonObject { ["taskIds"] = new JsonArray("any") } };

        var reply = await server.Wire.SendAsync("subscriptions/listen", parameters, null, Token);

        Assert.Equal((400, -32021), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"notifications\":[]}")]
    [InlineData("{\"notifications\":{\"toolsListChanged\":\"yes\"}}")]
    [InlineData("{\"notifications\":{\"resourceSubscriptions\":[7]}}")]
    public async Task A_filter_of_another_form_is_refused(string parameters) =>
        Assert.Equal(-32602, (await server.Wire.SendAsync("subscriptions/listen", JsonNode.Parse(parameters)!.AsObject(), null, Token)).Code);

    [Fact]
    public async Task A_server_that_stops_ends_the_stream_with_a_result()
    {
        var settings = new Dictionary<string, string?> { ["Actors:Authentication:AnonymousTenant"] = "open" };
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", settings);
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        await using var events = await new Wire(http, null).ListenAsync(new JsonObject { ["toolsListChanged"] = true }, null, Token);
        await events.NextAsync(Acknowledged, Token);

        await another.StopAsync(Token);

        var last = (await events.NextAsync(Token))!.Value.GetProperty("result");
        Assert.Equal("complete", last.GetProperty("resultType").GetString());
        Assert.True(last.GetProperty("_meta").TryGetProperty("io.modelcontextprotocol/subscriptionId", out _));
        Assert.Null(await events.NextAsync(Token));
    }

    [Fact]
    public async Task A_revoked_key_ends_its_streams_and_no_others()
    {
        var (key, id) = await server.CreateKeyAsync("acme", "leaver", Token);
        await using var stays = await ListenAsync(new JsonObject { ["toolsListChanged"] = true });
        await using var goes = await server.WireWith(key).ListenAsync(new JsonObject { ["toolsListChanged"] = true }, null, Token);
        await goes.NextAsync(Acknowledged, Token);

        await server.RevokeKeyAsync("acme", id, Token);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        Assert.Equal("complete", (await goes.NextAsync(deadline.Token))!.Value.GetProperty("result").GetProperty("resultType").GetString());
        Assert.Null(await goes.NextAsync(deadline.Token));
        await server.Wire.CallAsync("test_trigger_tool_change", [], null, Token);
        await stays.NextAsync("notifications/tools/list_changed", deadline.Token);
    }

    [Fact]
    public async Task A_quiet_stream_is_kept_alive_with_comments()
    {
        await using var events = await ListenAsync(new JsonObject { ["toolsListChanged"] = true });

        string? line;
        do
            line = await events.NextLineAsync(Token);
        while (line is "");

        Assert.Equal(":", line);
    }

    private async Task<Events> ListenAsync(JsonObject filter)
    {
        var events = await server.Wire.ListenAsync(filter, null, Token);
        Assert.Equal(Acknowledged, (await events.NextAsync(Token))!.Value.GetProperty("method").GetString());
        return events;
    }

    private static JsonElement SubscriptionId(JsonElement message) =>
        message.GetProperty("params").GetProperty("_meta").GetProperty("io.modelcontextprotocol/subscriptionId");
}
