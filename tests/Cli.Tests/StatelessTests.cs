using System.Text.Json.Nodes;

namespace Actors.Cli.Tests;

/// <summary>Revision 2026-07-28 through the bridge, against real frontends.</summary>
public sealed class StatelessTests(Service service)
{
    private static readonly JsonObject Tasks = new() { ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_answered_with_no_word_on_standard_error()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);

        var result = await host.ResultOfAsync(await host.CallAsync("greet", new JsonObject { ["name"] = "Ada" }), Token);

        Assert.Equal("Hello, Ada!", result.GetProperty("content")[0].GetProperty("text").GetString());
        host.CloseInput();
        Assert.Equal(0, await host.ExitAsync(Token));
        Assert.Empty(host.Errors);
    }

    [Fact]
    public async Task An_answer_is_not_held_up_by_a_slower_one_asked_before()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);
        var slow = await host.CallAsync("slow_compute", new JsonObject { ["seconds"] = 3 });
        var fast = await host.CallAsync("greet", new JsonObject { ["name"] = "Ada" });

        await host.AnswerToAsync(fast, Token);
        Assert.DoesNotContain(host.Seen, message => BridgeHost.IsAnswerTo(message, slow));
        var result = await host.ResultOfAsync(slow, Token);

        Assert.Equal("Computed the answer.", result.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Progress_comes_before_the_answer()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);

        await host.ResultOfAsync(await host.CallAsync("test_tool_with_progress", meta: new JsonObject { ["progressToken"] = "p" }), Token);

        var progress = host.Seen.Where(message => BridgeHost.MethodOf(message) == "notifications/progress")
            .Select(message => message.GetProperty("params").GetProperty("progress").GetInt32());
        Assert.Equal([0, 50, 100], progress);
    }

    [Fact]
    public async Task Arguments_are_mirrored_for_a_tool_that_was_never_listed()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);

        var result = await host.ResultOfAsync(
            await host.CallAsync("test_x_mcp_header", new JsonObject { ["region"] = " Zürich\t", ["level"] = 3 }), Token);

        Assert.Equal("region= Zürich\t level=3", result.GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_resource_whose_address_no_header_can_carry_is_asked_for_all_the_same()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);

        var error = await host.ErrorOfAsync(await host.SendAsync("resources/read", new JsonObject { ["uri"] = "test://größe" }), Token);

        Assert.Equal(-32602, error.GetProperty("code").GetInt32()); // Not -32020: the header said what the body says.
    }

    [Fact]
    public async Task A_cancelled_call_is_never_answered_and_its_job_runs_on()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);
        var label = $"cancelled-{Guid.NewGuid():N}";
        var call = await host.CallAsync(
            "slow_compute", new JsonObject { ["seconds"] = 3, ["label"] = label }, meta: new JsonObject { ["progressToken"] = "p" });
        await host.NotificationAsync("notifications/progress", Token);

        await host.CancelAsync(call);
        var job = (await host.ResultOfAsync(await host.CallAsync("job_list", new JsonObject { ["tool"] = "slow_compute", ["limit"] = 1 }), Token))
            .GetProperty("structuredContent").GetProperty("jobs")[0].GetProperty("job_id").GetString();
        var result = await UntilDoneAsync(host, job!);

        Assert.Contains(label, result, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Seen, message => BridgeHost.IsAnswerTo(message, call));
    }

    [Fact]
    public async Task A_cancelled_subscription_is_quiet()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);
        var listening = await host.SendAsync("subscriptions/listen", new JsonObject { ["notifications"] = new JsonObject { ["toolsListChanged"] = true } });
        await host.NotificationAsync("notifications/subscriptions/acknowledged", Token);
        await host.CallAsync("test_trigger_tool_change");
        await host.NotificationAsync("notifications/tools/list_changed", Token);

        await host.CancelAsync(listening);
        var again = await host.SendAsync("subscriptions/listen", new JsonObject { ["notifications"] = new JsonObject { ["toolsListChanged"] = true } });
        await host.NotificationAsync("notifications/subscriptions/acknowledged", Token);
        host.Seen.Clear();
        await host.CallAsync("test_trigger_tool_change");
        var heard = await host.NotificationAsync("notifications/tools/list_changed", Token);

        Assert.Equal(again, SubscriptionOf(heard));
        host.CloseInput();
        Assert.Equal(0, await host.ExitAsync(Token));
        Assert.DoesNotContain(host.Seen, message => BridgeHost.IsAnswerTo(message, listening) || BridgeHost.IsAnswerTo(message, again));
    }

    [Fact]
    public async Task A_task_is_told_of_until_it_ends()
    {
        await using var host = BridgeHost.Start(service.Url, service.Key);
        var created = await host.ResultOfAsync(await host.CallAsync("count_to", new JsonObject { ["n"] = 3, ["delayMs"] = 50 }, Clone(Tasks)), Token);
        var task = created.GetProperty("taskId").GetString();

        await host.SendAsync(
            "subscriptions/listen", new JsonObject { ["notifications"] = new JsonObject { ["taskIds"] = new JsonArray(task) } }, Clone(Tasks));
        await host.NextAsync(
            "completed task",
            message => BridgeHost.MethodOf(message) == "notifications/tasks" && message.GetProperty("params").GetProperty("status").GetString() == "completed",
            Token);

        var read = await host.ResultOfAsync(await host.SendAsync("tasks/get", new JsonObject { ["taskId"] = task }, Clone(Tasks)), Token);
        Assert.Equal("completed", read.GetProperty("status").GetString());
    }

    private static async Task<string> UntilDoneAsync(BridgeHost host, string job)
    {
        while (true)
        {
            var waited = await host.ResultOfAsync(await host.CallAsync("job_wait", new JsonObject { ["job_id"] = job }), Token);
            if (waited.GetProperty("structuredContent").GetProperty("status").GetString() is not ("queued" or "running"))
                return (await host.ResultOfAsync(await host.CallAsync("job_result", new JsonObject { ["job_id"] = job }), Token)).ToString();
        }
    }

    private static int SubscriptionOf(System.Text.Json.JsonElement notification) =>
        notification.GetProperty("params").GetProperty("_meta").GetProperty("io.modelcontextprotocol/subscriptionId").GetInt32();

    private static JsonObject Clone(JsonObject value) => (JsonObject)value.DeepClone();
}
