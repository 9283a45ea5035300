using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Runs of schedules and calls that follow jobs, where their owner's line is full: nobody is there to call again.</summary>
public sealed class FullLineTests(Server server) : IAsyncDisposable
{
    private const string Full = "The limit of waiting jobs of the tenant is reached: 1 of 1.";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly string _label = $"label-{Guid.NewGuid():N}";
    private readonly HttpClient _http = new();
    private Microsoft.AspNetCore.Builder.WebApplication _app = null!;
    private Wire _wire = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_wait_for_room_and_then_take_it()
    {
        var (first, filler) = await FillAsync(patience: "00:05:00");

        var waits = await UntilAsync(() => ScheduleAsync(), schedule => schedule.TryGetProperty("last_failure", out _));
        Assert.Contains(Full, waits.GetProperty("last_failure").GetString(), StringComparison.Ordinal);
        Assert.Empty(waits.GetProperty("runs").EnumerateArray());
        // Taken up a second time: the first time it was refused.
        await UntilAsync(() => TriesAsync(first), tries => tries is null or > 1);
        Assert.Empty(await NotesAsync(first));
        Assert.Equal(0, CountedTools.RunsOf(_label));

        await _wire.CallAsync("job_cancel", new() { ["job_id"] = filler }, null, Token);

        var run = Assert.Single((await UntilAsync(() => ScheduleAsync(), schedule => schedule.GetProperty("runs").GetArrayLength() > 0)).GetProperty("runs").EnumerateArray());
        Assert.Equal("started", run.GetProperty("outcome").GetString());
        var note = Assert.Single(await UntilAsync(() => NotesAsync(first), notes => notes.Count > 0));
        Assert.Equal("called", note.GetProperty("data").GetProperty("outcome").GetString());
        foreach (var job in (JsonElement[])[run, note.GetProperty("data")])
            await server.UntilAsync(job.GetProperty("job_id").GetString()!, "completed", Token, _wire);
        Assert.Equal(2, CountedTools.RunsOf(_label));
    }

    [Fact]
    public async Task Those_whose_patience_is_over_are_given_up_visibly_and_the_next_run_is_tried()
    {
        var (first, _) = await FillAsync(patience: "00:00:00");

        await UntilAsync(() => ScheduleAsync(), schedule => schedule.GetProperty("runs").GetArrayLength() > 0);
        // Its runs are read after it: once more, for all of it as it was after the run.
        var schedule = await ScheduleAsync();
        var run = Assert.Single(schedule.GetProperty("runs").EnumerateArray());
        Assert.Equal("refused", run.GetProperty("outcome").GetString());
        Assert.Contains(Full, run.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Contains(Full, schedule.GetProperty("last_failure").GetString(), StringComparison.Ordinal);
        Assert.True(schedule.GetProperty("next_at").GetDateTimeOffset() > run.GetProperty("due_at").GetDateTimeOffset());
        var note = Assert.Single(await UntilAsync(() => NotesAsync(first), notes => notes.Count > 0));
        Assert.Equal("refused", note.GetProperty("data").GetProperty("outcome").GetString());
        Assert.Contains($"'counted' was not called: {Full}", note.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Null(await TriesAsync(first));
        Assert.Equal(0, CountedTools.RunsOf(_label));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    /// <summary>A job that has ended and is to be followed by a call, and a run that is due, with one job in a line that holds one.</summary>
    private async Task<(string First, string Filler)> FillAsync(string patience)
    {
        _app = await server.StartAnotherAsync("http://127.0.0.1:0", new()
        {
            ["Actors:Authentication:AnonymousTenant"] = "open",
            // What may have to wait for another goes into the line.
            ["Actors:Quotas:MaxRunning"] = "1",
            ["Actors:Quotas:MaxWaiting"] = "1",
            ["Actors:Schedules:MissingToolPatience"] = patience,
            ["Actors:Schedules:RetryAfter"] = "00:00:00.100",
            ["Actors:FollowUps:MissingToolPatience"] = patience,
            ["Actors:FollowUps:RetryAfter"] = "00:00:00.100",
        });
        _http.BaseAddress = new Uri(_app.Urls.First());
        _wire = new Wire(_http, null);
        var gate = Gates.NewName();
        var first = (await SendAsync("gated", new() { ["gate"] = gate }, "actors/then", Counted())).TaskId;
        await Gates.ArrivedAsync(gate, Token);
        // The line is counted now and then: the first job counts for a moment after it has left it.
        var filler = await UntilAsync(
            () => SendAsync("counted", new() { ["label"] = "filler" }, "actors/delayMs", 3_600_000), reply => !reply.IsToolError);
        var schedule = Counted();
        (schedule["name"], schedule["cron"]) = ("yearly", "0 0 1 1 *");
        Assert.False((await _wire.CallAsync("schedule_create", schedule, null, Token)).IsToolError);
        await using (var due = Database.CreateCommand("UPDATE actors.schedules SET due_at = date_trunc('second', now()), look_at = now()"))
            await due.ExecuteNonQueryAsync(Token);
        Gates.Open(gate);
        await server.UntilAsync(first, "completed", Token, _wire);
        return (first, filler.TaskId);
    }

    private NpgsqlDataSource Database => _app.Services.GetRequiredService<NpgsqlDataSource>();

    private JsonObject Counted() => new() { ["tool"] = "counted", ["arguments"] = new JsonObject { ["label"] = _label } };

    private Task<Reply> SendAsync(string tool, JsonObject arguments, string option, JsonNode value)
    {
        var message = _wire.Request("tools/call", SessionWire.Call(tool, arguments), Wire.Tasks);
        message.Meta[option] = value;
        return _wire.SendAsync(message, Token);
    }

    private async Task<JsonElement> ScheduleAsync() =>
        (await _wire.CallAsync("schedule_get", new() { ["name"] = "yearly" }, null, Token)).Result.GetProperty("structuredContent");

    /// <summary>How often the call that follows was taken up; null: nothing is to follow any more.</summary>
    private async Task<int?> TriesAsync(string job)
    {
        await using var command = Database.CreateCommand("SELECT tries FROM actors.follow_ups WHERE job_id = $1");
        command.Parameters.Add(new() { Value = Guid.ParseExact(job, "N") });
        return (int?)await command.ExecuteScalarAsync(Token);
    }

    /// <summary>What the job's journal says of the call.</summary>
    private async Task<IReadOnlyList<JsonElement>> NotesAsync(string job)
    {
        var log = await _wire.CallAsync("job_log", new() { ["job_id"] = job }, null, Token);
        return [.. log.Result.GetProperty("structuredContent").GetProperty("entries").EnumerateArray().Where(entry =>
            entry.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("follow_up", out _))];
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> wanted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            var seen = await look();
            if (wanted(seen))
                return seen;
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }
}
