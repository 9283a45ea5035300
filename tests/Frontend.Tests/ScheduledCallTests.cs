using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Calls whose jobs are to begin later.</summary>
public sealed class ScheduledCallTests(Server server)
{
    private const string AnHour = "3600000";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_for_later_is_handed_over_at_once_and_says_when_it_starts()
    {
        await using var another = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            // Nobody here waits that long.
            ["Actors:Mcp:SyncWindow"] = "00:09:00",
        });
        using var http = new HttpClient { BaseAddress = new Uri(another.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        var wire = new Wire(http, null);
        var session = await SessionWire.OpenAsync(wire, "2025-11-25", null, Token);

        var before = TimeProvider.System.GetUtcNow();
        var reply = await wire.SendAsync(Call("hour", wire, null, ("actors/delayMs", AnHour), ("actors/priority", "7")), Token);
        var after = TimeProvider.System.GetUtcNow();
        await using var stream = await session.StreamAsync("tools/call", CallOptionTests.LegacyCall("counted", "hour", ("actors/delayMs", AnHour)), Token);
        var ofSession = (await stream.AnswerAsync(Token)).GetProperty("result");

        var job = reply.Result.GetProperty("structuredContent");
        Assert.Equal(("queued", 7), (job.GetProperty("status").GetString(), job.GetProperty("priority").GetInt32()));
        var start = job.GetProperty("start_at").GetDateTimeOffset();
        // An hour after the call was read, in milliseconds.
        Assert.InRange(start - TimeSpan.FromHours(1), before - TimeSpan.FromMilliseconds(1), after + TimeSpan.FromMilliseconds(1));
        Assert.Contains($"has not begun. To start at {start.UtcDateTime:u}", reply.ToolText, StringComparison.Ordinal);
        Assert.False(reply.IsToolError);
        Assert.Equal("queued", ofSession.GetProperty("structuredContent").GetProperty("status").GetString());
        Assert.Equal(0, CountedTools.RunsOf("hour"));
    }

    [Fact]
    public async Task A_tool_that_becomes_a_job_on_demand_is_one_at_once_where_it_is_to_begin_later()
    {
        var message = server.Wire.Request("tools/call", new() { ["name"] = "counted_on_demand", ["arguments"] = new JsonObject { ["label"] = "demand, later" } }, null);
        message.Meta["actors/delayMs"] = int.Parse(AnHour, System.Globalization.CultureInfo.InvariantCulture);

        var reply = await server.Wire.SendAsync(message, Token);

        Assert.Equal("queued", reply.Result.GetProperty("structuredContent").GetProperty("status").GetString());
        Assert.Equal(0, CountedTools.RunsOf("demand, later"));
    }

    [Fact]
    public async Task A_job_that_has_not_begun_is_listed_with_its_start_and_cancelled_at_once()
    {
        var wire = server.WireWith((await server.CreateKeyAsync("acme", "planner", Token)).Key);
        var at = TimeProvider.System.GetUtcNow().AddHours(2);
        var job = (await wire.SendAsync(Call("planned", wire, Wire.Tasks, ("actors/startAt", JsonSerializer.Serialize(at))), Token)).TaskId;

        var listed = Assert.Single((await wire.CallAsync("job_list", new() { ["state"] = "queued" }, null, Token)).Result
            .GetProperty("structuredContent").GetProperty("jobs").EnumerateArray());
        var task = (await server.GetTaskAsync(job, Token, wire)).Result;
        var cancelled = await wire.CallAsync("job_cancel", new() { ["job_id"] = job }, null, Token);

        Assert.Equal(job, listed.GetProperty("job_id").GetString());
        Assert.InRange(listed.GetProperty("start_at").GetDateTimeOffset() - at, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
        Assert.StartsWith("To start at", listed.GetProperty("status_message").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("To start at", task.GetProperty("statusMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal("cancelled", cancelled.Result.GetProperty("structuredContent").GetProperty("status").GetString());
        Assert.Equal("cancelled", (await server.GetTaskAsync(job, Token, wire)).Result.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_delayed_job_begins_after_its_delay_and_not_before()
    {
        var delay = TimeSpan.FromMilliseconds(700);
        var label = $"soon-{Guid.NewGuid():N}";
        var before = TimeProvider.System.GetUtcNow();
        var reply = await server.Wire.SendAsync(Call(label, server.Wire, Wire.Tasks, ("actors/delayMs", "700")), Token);
        var after = TimeProvider.System.GetUtcNow();

        await server.UntilAsync(reply.TaskId, "completed", Token);

        await using var times = server.Database.CreateCommand($"SELECT run_at, started_at FROM actors.jobs WHERE id = '{reply.TaskId}'");
        await using var row = await times.ExecuteReaderAsync(Token);
        Assert.True(await row.ReadAsync(Token));
        var (due, started) = (new DateTimeOffset(row.GetDateTime(0)), new DateTimeOffset(row.GetDateTime(1)));
        // The delay counts from when the call was read; the database keeps microseconds.
        Assert.InRange(due, before + delay - TimeSpan.FromMicroseconds(1), after + delay + TimeSpan.FromMicroseconds(1));
        Assert.True(started >= due, $"Due at {due:O}, started at {started:O}.");
        Assert.Equal(1, CountedTools.RunsOf(label));
    }

    [Fact]
    public async Task A_start_that_is_over_is_now()
    {
        var reply = await server.Wire.SendAsync(Call("over", server.Wire, Wire.Tasks, ("actors/startAt", "\"2020-01-01T00:00:00.5-01:00\"")), Token);

        await server.UntilAsync(reply.TaskId, "completed", Token);
    }

    private static Message Call(string label, Wire wire, JsonObject? capabilities, params (string Name, string Value)[] options) =>
        wire.Request("tools/call", CallOptionTests.LegacyCall("counted", label, options), capabilities);
}
