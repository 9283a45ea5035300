using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>How long the record of a job is kept, and what keeps it longer.</summary>
public sealed class RetentionTests(Server server) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private Wire _wire = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            ["Actors:Retention:SweepEvery"] = "00:00:00.100",
            ["Actors:Retention:ClearAfter"] = "00:00:00",
            ["Actors:Limits:MaxPinnedJobs"] = "2",
        });
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()), Timeout = Deadline };
        _wire = new Wire(_http, null);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_tool_says_for_each_end_how_long_the_record_is_kept()
    {
        var completed = await server.UntilAsync(await CreateAsync("complete"), "completed", Token, _wire);
        var failed = await server.UntilAsync(await CreateAsync("fail"), "failed", Token, _wire);
        var waiting = await CreateAsync("wait");
        await _wire.SendAsync("tasks/cancel", new() { ["taskId"] = waiting }, Wire.Tasks, Token);
        var cancelled = await server.UntilAsync(waiting, "cancelled", Token, _wire);

        Assert.Equal(7 * 24 * 3600 * 1000L, completed.GetProperty("ttlMs").GetInt64());
        CheckFromEnd(failed, ShortLivedJobs.FailedTtlSeconds);
        CheckFromEnd(cancelled, ShortLivedJobs.CancelledTtlSeconds);
        await UntilGoneAsync(failed.GetProperty("taskId").GetString()!);
        await UntilGoneAsync(waiting);
        Assert.Equal("completed", (await GetAsync(completed.GetProperty("taskId").GetString()!)).Result.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_time_that_the_caller_asked_for_stands_whatever_the_end()
    {
        var session = await SessionWire.OpenAsync(_wire, "2025-11-25", null, Token);
        var created = await session.SendAsync(
            "tools/call", SessionWire.Call("ends_as_told", new() { ["how"] = "fail" }, task: new() { ["ttl"] = 3_600_000 }), Token);
        var id = created.Result.GetProperty("task").GetProperty("taskId").GetString()!;

        var failed = await server.UntilAsync(id, "failed", Token, _wire);

        Assert.Equal(3_600_000, failed.GetProperty("ttlMs").GetInt64());
    }

    [Fact]
    public async Task A_key_whose_record_is_gone_makes_another_job()
    {
        var first = await KeyedAsync();
        await UntilGoneAsync(first);

        var second = await KeyedAsync();

        Assert.Equal("completed", (await server.UntilAsync(second, "completed", Token, _wire)).GetProperty("status").GetString());

        async Task<string> KeyedAsync()
        {
            var message = _wire.Request("tools/call", new() { ["name"] = "soon_forgotten", ["arguments"] = new JsonObject() }, Wire.Tasks);
            message.Meta["actors/idempotencyKey"] = "the same";
            return (await _wire.SendAsync(message, Token)).TaskId;
        }
    }

    [Fact]
    public async Task A_pinned_job_stays_past_its_time_with_its_result_and_log_until_it_is_unpinned()
    {
        var (pinned, gate) = await CreateGatedAsync();
        var pin = await PinAsync(pinned, new() { ["reason"] = "for the audit" });
        Gates.Open(gate);
        Assert.True(pin.Result.GetProperty("structuredContent").GetProperty("pinned").GetBoolean(), pin.Text);
        // One that is created after it, and gone, says that the other's time is over too.
        await UntilGoneAsync(await server.CreateTaskAsync("soon_forgotten", [], Token, wire: _wire));

        Assert.Equal("completed", (await GetAsync(pinned)).Result.GetProperty("status").GetString());
        var log = await _wire.CallAsync("job_log", new() { ["job_id"] = pinned }, null, Token);
        Assert.NotEqual(0, log.Result.GetProperty("structuredContent").GetProperty("entries").GetArrayLength());
        var unpinned = await PinAsync(pinned, new() { ["pinned"] = false });
        Assert.False(unpinned.IsToolError, unpinned.Text);
        await UntilGoneAsync(pinned);
    }

    [Fact]
    public async Task A_pin_needs_a_reason_a_job_of_ones_own_and_room()
    {
        var jobs = new List<string>();
        for (var i = 0; i < 3; i++)
            jobs.Add(await CreateAsync("complete"));

        Assert.Contains("reason", (await PinAsync(jobs[0], [])).ToolText, StringComparison.Ordinal);
        var unknown = await PinAsync(Jobs.JobKey.NewId(), new() { ["reason"] = "x" });
        var foreign = await server.CreateTaskAsync("slow_compute", new() { ["seconds"] = 0 }, Token);
        var others = await server.Colleague.CallAsync("job_pin", new() { ["job_id"] = foreign, ["reason"] = "x" }, null, Token);
        Assert.Equal((true, unknown.ToolText), (others.IsToolError, others.ToolText));
        Assert.Contains("no job with this job_id", unknown.ToolText, StringComparison.Ordinal);
        Assert.False((await PinAsync(jobs[0], new() { ["reason"] = "a" })).IsToolError);
        Assert.False((await PinAsync(jobs[1], new() { ["reason"] = "b" })).IsToolError);
        var tooMany = await PinAsync(jobs[2], new() { ["reason"] = "c" });
        Assert.True(tooMany.IsToolError);
        Assert.Contains("limit of 2", tooMany.ToolText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operators_hold_keeps_a_job_and_its_owner_cannot_undo_it()
    {
        var (held, gate) = await CreateGatedAsync();
        Assert.Equal((0, $"open/{held}: held\n"), await HoldAsync("--tenant", "open", "--job", held, "--on", "--reason", "case 7"));
        Gates.Open(gate);
        await UntilGoneAsync(await server.CreateTaskAsync("soon_forgotten", [], Token, wire: _wire));

        var unpinned = await PinAsync(held, new() { ["pinned"] = false });
        Assert.True(unpinned.Result.GetProperty("structuredContent").GetProperty("held").GetBoolean());
        Assert.Contains("an operator holds it", unpinned.ToolText, StringComparison.Ordinal);
        await UntilGoneAsync(await server.CreateTaskAsync("soon_forgotten", [], Token, wire: _wire));
        Assert.Equal("completed", (await GetAsync(held)).Result.GetProperty("status").GetString());

        Assert.Equal((0, $"open/{held}: not held\n"), await HoldAsync("--tenant", "open", "--job", held, "--off"));
        await UntilGoneAsync(held);
        var (code, said) = await HoldAsync("--tenant", "open", "--job", held, "--on");
        Assert.Equal(1, code);
        Assert.Contains($"There is no job open/{held}.", said, StringComparison.Ordinal);
        Assert.Contains("usage:", (await HoldAsync("--tenant", "open")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_record_is_kept_longer_than_its_tenants_limit_and_the_answer_says_how_long_it_is()
    {
        var (code, said) = await RunAsync("limits", "--tenant", "open", "--max-ttl-seconds", "60");
        Assert.Equal(0, code);
        Assert.Matches("(?m)^max-ttl-seconds +60$", said);

        // A silo may go on for a moment with the limits that it has read before.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        while (await TtlAsync(null) != 60_000)
            await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
        Assert.Equal(60_000, await TtlAsync(3_600_000));
        Assert.Equal(5_000, await TtlAsync(5_000));
        Assert.Contains("--max-ttl-seconds takes a number from 1 to", (await RunAsync("limits", "--tenant", "open", "--max-ttl-seconds", "0")).Said, StringComparison.Ordinal);

        async Task<long> TtlAsync(long? askedMs)
        {
            var message = _wire.Request("tools/call", new() { ["name"] = "ends_as_told", ["arguments"] = new JsonObject { ["how"] = "complete" } }, Wire.Tasks);
            if (askedMs is { } ms)
                message.Meta["actors/ttlMs"] = ms;
            return (await _wire.SendAsync(message, Token)).Result.GetProperty("ttlMs").GetInt64();
        }
    }

    private Task<string> CreateAsync(string how) => server.CreateTaskAsync("ends_as_told", new() { ["how"] = how }, Token, wire: _wire);

    /// <summary>It is there for as long as its gate is shut, however long the machine takes.</summary>
    private async Task<(string Job, string Gate)> CreateGatedAsync()
    {
        var gate = Gates.NewName();
        return (await server.CreateTaskAsync("gated_and_forgotten", new() { ["gate"] = gate }, Token, wire: _wire), gate);
    }

    private Task<Reply> GetAsync(string id) => server.GetTaskAsync(id, Token, _wire);

    private Task<Reply> PinAsync(string job, JsonObject arguments)
    {
        arguments["job_id"] = job;
        return _wire.CallAsync("job_pin", arguments, null, Token);
    }

    private static void CheckFromEnd(JsonElement task, int seconds)
    {
        var lived = task.GetProperty("lastUpdatedAt").GetDateTimeOffset() - task.GetProperty("createdAt").GetDateTimeOffset();
        Assert.InRange(task.GetProperty("ttlMs").GetInt64() - (seconds * 1000L), lived.TotalMilliseconds - 2, lived.TotalMilliseconds + 2);
    }

    // Nobody says when: retention comes by.
    private async Task UntilGoneAsync(string id)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        while (!(await GetAsync(id)).Message.TryGetProperty("error", out _))
            await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
    }

    private Task<(int Code, string Said)> HoldAsync(params string[] arguments) => RunAsync(["hold", .. arguments]);

    private Task<(int Code, string Said)> RunAsync(params string[] arguments) =>
        OperatorCommand.RunAsync(_app.Configuration["Actors:Storage:ConnectionString"]!, arguments);
}
