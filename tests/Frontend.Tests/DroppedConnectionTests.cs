using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>A client that hangs up.</summary>
public sealed class DroppedConnectionTests(Server server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dropped_connection_leaves_the_job_running()
    {
        var message = server.Colleague.Request("tools/call", new JsonObject
        {
            ["name"] = "slow_compute",
            ["arguments"] = new JsonObject { ["seconds"] = 2, ["label"] = "all the same" },
            ["_meta"] = new JsonObject { ["progressToken"] = 1 },
        });

        await using (var events = await server.Colleague.StreamAsync(message, Token))
            await events.NextAsync("notifications/progress", Token);
        var list = await server.Colleague.CallAsync("job_list", new JsonObject { ["tool"] = "slow_compute", ["limit"] = 1 }, null, Token);
        var id = list.Result.GetProperty("structuredContent").GetProperty("jobs")[0].GetProperty("job_id").GetString()!;
        var done = await server.UntilAsync(id, "completed", Token, server.Colleague);

        Assert.Contains("Computed all the same.", done.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_connection_cancels_a_short_call()
    {
        var message = server.Wire.Request("tools/call", new JsonObject
        {
            ["name"] = "wait_for_cancel",
            ["_meta"] = new JsonObject { ["progressToken"] = 1 },
        });

        await using (var events = await server.Wire.StreamAsync(message, Token))
            await events.NextAsync("notifications/progress", Token);

        await WaitingTool.Cancelled.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }
}
