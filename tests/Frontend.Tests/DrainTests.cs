using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A frontend that is told to stop, as those see it who use it at that moment.</summary>
public sealed class DrainTests(Server server)
{
    private static readonly Dictionary<string, string?> Open = new()
    {
        ["Actors:Authentication:AnonymousTenant"] = "open",
        ["Actors:Mcp:SyncWindow"] = "00:05:00",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_so_at_once_and_goes_on_serving_until_its_notice_is_over()
    {
        await using var another = await server.StartAnotherAsync(
            "http://127.0.0.1:0", new(Open) { ["Actors:Drain:Notice"] = "00:00:05" });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        Assert.Equal(200, (int)(await http.GetAsync("/readyz", Token)).StatusCode);

        var stopped = another.StopAsync(Token);
        using var ready = await http.GetAsync("/readyz", Token);
        using var live = await http.GetAsync("/healthz", Token);
        var reply = await new Wire(http, null).CallAsync("slow_compute", new JsonObject { ["seconds"] = 0 }, Wire.Tasks, Token);

        Assert.Equal((503, "draining"), ((int)ready.StatusCode, await ready.Content.ReadAsStringAsync(Token)));
        Assert.Equal(200, (int)live.StatusCode);
        Assert.Equal("task", reply.Result.GetProperty("resultType").GetString());
        Assert.True(reply.ClosesConnection);
        await stopped;
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/healthz", Token));
    }

    [Fact]
    public async Task A_held_call_is_answered_with_the_handle_its_job_goes_on_under()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", Open);
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        var wire = new Wire(http, null);
        var held = wire.CallAsync("slow_compute", new JsonObject { ["seconds"] = 600 }, null, Token);
        var id = await JobIdAsync(wire);

        await another.StopAsync(Token);

        var reply = await held;
        Assert.Contains($"runs on as job {id}", reply.ToolText, StringComparison.Ordinal);
        Assert.Equal("job_wait", reply.Result.GetProperty("structuredContent").GetProperty("next_tool").GetString());
        Assert.False(reply.IsToolError);
    }

    [Fact]
    public async Task A_wait_for_a_job_is_answered_with_where_the_job_stands()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", Open);
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()) };
        var wire = new Wire(http, null);
        var id = (await wire.CallAsync("slow_compute", new JsonObject { ["seconds"] = 600 }, Wire.Tasks, Token)).TaskId;
        var message = wire.Request("tools/call", new JsonObject
        {
            ["name"] = "job_wait",
            ["arguments"] = new JsonObject { ["job_id"] = id },
            ["_meta"] = new JsonObject { ["progressToken"] = "t" },
        });
        await using var waiting = await wire.StreamAsync(message, Token);
        await waiting.NextAsync("notifications/progress", Token);

        await another.StopAsync(Token);

        Assert.Equal(id, (await LastAsync(waiting)).GetProperty("result").GetProperty("structuredContent").GetProperty("job_id").GetString());
    }

    private static async Task<System.Text.Json.JsonElement> LastAsync(Events events)
    {
        System.Text.Json.JsonElement last = default;
        while (await events.NextAsync(Token) is { } next)
            last = next;
        return last;
    }

    /// <summary>The handle of the one job there is, which a held call has not told yet.</summary>
    private static async Task<string> JobIdAsync(Wire wire)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var list = await wire.CallAsync("job_list", [], null, deadline.Token);
            foreach (var job in list.Result.GetProperty("structuredContent").GetProperty("jobs").EnumerateArray())
                return job.GetProperty("job_id").GetString()!;
        }
    }
}
