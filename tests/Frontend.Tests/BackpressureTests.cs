using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A server whose principals may have one job in line each.</summary>
public sealed class BackpressureTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_over_a_limit_says_what_is_full_and_when_to_come_back_as_each_client_can_read_it()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Quotas:MaxWaitingPerPrincipal"] = "1",
        });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        var wire = new Wire(http, null);
        var session = await SessionWire.OpenAsync(wire, "2025-11-25", null, Token);
        var waiting = await wire.SendAsync(Call(wire, "first", Wire.Tasks), Token);

        var withTasks = await wire.SendAsync(Call(wire, "second", Wire.Tasks), Token);
        var without = await wire.SendAsync(Call(wire, "second", null), Token);
        var ofSession = await session.SendAsync("tools/call", Parameters("second"), Token);
        var asTask = Parameters("second");
        asTask["task"] = new JsonObject();
        var task = await session.SendAsync("tools/call", asTask, Token);
        var joined = await wire.SendAsync(Call(wire, "first", Wire.Tasks), Token);

        Assert.All([withTasks, without, ofSession], reply =>
        {
            Assert.True(reply.IsToolError, reply.Text);
            Assert.Equal(200, reply.Status);
            Assert.Matches("nothing was started. The limit of waiting jobs of yours is reached: 1 of 1. Try again in [0-9]+ s.*job_list", reply.ToolText);
            var limit = reply.Result.GetProperty("structuredContent");
            Assert.Equal((1, 1), (limit.GetProperty("value").GetInt32(), limit.GetProperty("current").GetInt32()));
            Assert.Equal(reply.RetryAfter, $"{(limit.GetProperty("retry_after_ms").GetInt64() + 999) / 1000}");
        });
        Assert.Equal((200, 429), (task.Status, task.Code));
        Assert.Equal("waiting jobs of yours", task.Error.GetProperty("data").GetProperty("limit").GetString());
        Assert.NotEmpty(task.RetryAfter);
        // What is there already needs no room.
        Assert.Equal(waiting.TaskId, joined.TaskId);
    }

    private static Message Call(Wire wire, string label, JsonObject? capabilities) => wire.Request("tools/call", Parameters(label), capabilities);

    private static JsonObject Parameters(string label) =>
        CallOptionTests.LegacyCall("counted", label, ("actors/delayMs", "3600000"), ("actors/idempotencyKey", $"\"{label}\""));
}
