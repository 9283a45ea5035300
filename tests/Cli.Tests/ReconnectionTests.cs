using System.Text.Json.Nodes;

namespace Actors.Cli.Tests;

/// <summary>Frontends that are killed under a host that does not notice.</summary>
public sealed class ReconnectionTests(Service service) : IAsyncLifetime
{
    private static readonly JsonObject Tasks = new() { ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await service.HealAsync(Token);

    [Fact]
    public async Task A_subscription_goes_on_through_another_frontend_with_no_word_of_it()
    {
        service.RouteTo(service.First);
        await using var host = BridgeHost.Start(service.Url, service.Key);
        var created = await host.ResultOfAsync(await host.CallAsync("count_to", new JsonObject { ["n"] = 60, ["delayMs"] = 100 }, Clone(Tasks)), Token);
        var task = created.GetProperty("taskId").GetString();
        var listening = await host.SendAsync(
            "subscriptions/listen",
            new JsonObject { ["notifications"] = new JsonObject { ["taskIds"] = new JsonArray(task), ["toolsListChanged"] = true } },
            Clone(Tasks));
        await host.NotificationAsync("notifications/subscriptions/acknowledged", Token);
        await host.NotificationAsync("notifications/tasks", Token);

        await service.First.KillAsync(Token);
        service.RouteTo(service.Second);
        await host.NextAsync(
            "completed task",
            message => BridgeHost.MethodOf(message) == "notifications/tasks" && message.GetProperty("params").GetProperty("status").GetString() == "completed",
            Token);

        var acknowledgements = host.Seen.Count(message => BridgeHost.MethodOf(message) == "notifications/subscriptions/acknowledged");
        Assert.Equal(1, acknowledgements);
        // What may have changed while nobody listened is told as changed.
        Assert.Contains(host.Seen, message => BridgeHost.MethodOf(message) == "notifications/tools/list_changed");
        Assert.DoesNotContain(host.Seen, message => BridgeHost.IsAnswerTo(message, listening));
    }

    [Fact]
    public async Task A_subscription_survives_that_its_frontend_is_told_to_stop()
    {
        service.RouteTo(service.First);
        await using var host = BridgeHost.Start(service.Url, service.Key);
        var listening = await host.SendAsync("subscriptions/listen", new JsonObject { ["notifications"] = new JsonObject { ["toolsListChanged"] = true } });
        await host.NotificationAsync("notifications/subscriptions/acknowledged", Token);

        service.RouteTo(service.Second);
        await service.First.TerminateAsync(TimeSpan.FromSeconds(60), Token);
        await host.NotificationAsync("notifications/tools/list_changed", Token); // After the gap.
        await host.CallAsync("test_trigger_tool_change");
        await host.NotificationAsync("notifications/tools/list_changed", Token);

        Assert.DoesNotContain(host.Seen, message => BridgeHost.IsAnswerTo(message, listening));
    }

    [Fact]
    public async Task A_request_that_reads_is_answered_by_the_frontend_that_comes_back()
    {
        service.RouteTo(service.First);
        await using var host = BridgeHost.Start(service.Url, service.Key);
        await host.ResultOfAsync(await host.SendAsync("tools/list"), Token);

        await service.First.KillAsync(Token);
        var list = await host.SendAsync("tools/list");
        await host.UntilItSaysAsync("Trying again", Token);
        service.RouteTo(service.Second);

        Assert.NotEmpty((await host.ResultOfAsync(list, Token)).GetProperty("tools").EnumerateArray());
        Assert.Contains("answers again", await host.UntilItSaysAsync("answers again", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_surely_did_not_arrive_is_made_when_the_server_is_there()
    {
        // Straight to the frontend: a proxy takes the connection before it knows that nobody is behind it.
        await service.First.KillAsync(Token);
        await using var host = BridgeHost.Start(service.First.Mcp, service.Key);
        var call = await host.CallAsync("test_simple_text");
        await host.UntilItSaysAsync("Trying again", Token);

        service.First.Start();

        await host.ResultOfAsync(call, Token);
    }

    [Fact]
    public async Task A_call_cut_off_in_the_middle_is_not_made_twice_and_its_job_is_found()
    {
        service.RouteTo(service.First);
        await using var host = BridgeHost.Start(service.Url, service.Key);
        var label = $"cut-{Guid.NewGuid():N}";
        var call = await host.CallAsync(
            "slow_compute",
            new JsonObject { ["seconds"] = 20 },
            meta: new JsonObject { ["progressToken"] = "p", ["actors/labels"] = new JsonObject { ["test"] = label } });
        await host.NotificationAsync("notifications/progress", Token);

        await service.First.KillAsync(Token);
        service.RouteTo(service.Second);
        var error = await host.ErrorOfAsync(call, Token);

        Assert.Equal(504, error.GetProperty("code").GetInt32());
        Assert.Contains("job_list", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        var jobs = await host.ResultOfAsync(await host.CallAsync("job_list", new JsonObject { ["label"] = $"test={label}", ["state"] = "running" }), Token);
        Assert.Equal(1, jobs.GetProperty("structuredContent").GetProperty("jobs").GetArrayLength());
    }

    [Fact]
    public async Task The_stream_on_which_the_server_speaks_first_goes_on_through_another_frontend()
    {
        service.RouteTo(service.First);
        await using var host = BridgeHost.Start(service.Url, service.Key);
        await host.ResultOfAsync(
            await host.SendPlainAsync("initialize", new JsonObject
            {
                ["protocolVersion"] = "2025-11-25",
                ["capabilities"] = new JsonObject(),
                ["clientInfo"] = new JsonObject { ["name"] = "bridge-tests", ["version"] = "1.0.0" },
            }),
            Token);
        await host.NotifyAsync("notifications/initialized");
        await HearsOfToolsAsync(host);

        await service.First.KillAsync(Token);
        service.RouteTo(service.Second);

        host.Seen.Clear();
        await HearsOfToolsAsync(host);
        host.CloseInput();
        Assert.Equal(0, await host.ExitAsync(Token));
    }

    /// <summary>Nobody says when the stream is open: what is triggered is triggered again until it is heard.</summary>
    private static async Task HearsOfToolsAsync(BridgeHost host)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            await host.ResultOfAsync(await host.SendPlainAsync("tools/call", new JsonObject { ["name"] = "test_trigger_tool_change" }), Token);
            if (host.Seen.Exists(message => BridgeHost.MethodOf(message) == "notifications/tools/list_changed"))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(250), Token);
        }
        Assert.Fail($"It was not heard. The bridge said: {host.Errors}");
    }

    private static JsonObject Clone(JsonObject value) => (JsonObject)value.DeepClone();
}
