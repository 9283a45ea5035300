using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>Recurring jobs, as an agent makes and follows them. Time is moved in the database: a due time that lies back is one that nobody was there for.</summary>
public sealed class ScheduleTests(Server server)
{
    private const string Yearly = "0 0 1 1 *";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_schedule_says_when_it_runs_first_in_the_time_zone_that_was_meant()
    {
        var wire = await SubjectAsync();

        var created = await CreateAsync(wire, "report", new() { ["cron"] = "30 9 * * *", ["time_zone"] = "Asia/Kolkata" });

        Assert.Contains("09:30 +05:30", created.ToolText, StringComparison.Ordinal);
        Assert.EndsWith("T04:00:00.000Z", Structure(created).GetProperty("next_at").GetString(), StringComparison.Ordinal);
        Assert.Equal("one", Structure(created).GetProperty("catch_up").GetString());
    }

    [Fact]
    public async Task A_due_time_becomes_a_job_of_the_owner()
    {
        var wire = await SubjectAsync();
        await CreateAsync(wire, "nightly", new() { ["cron"] = Yearly, ["arguments"] = new JsonObject { ["seconds"] = 0, ["label"] = "it" } });

        await MoveAsync(wire, "nightly", "0 seconds");

        var run = Assert.Single(await UntilAsync(wire, "nightly", runs => runs.Length == 1 && Status(runs[0]) == "completed"));
        Assert.Equal("started", run.GetProperty("outcome").GetString());
        var job = run.GetProperty("job_id").GetString()!;
        Assert.Equal("Computed it.", (await wire.CallAsync("job_result", new() { ["job_id"] = job }, null, Token)).ToolText);
        var listed = (await wire.CallAsync("job_list", new() { ["label"] = "schedule=nightly" }, null, Token)).Result.GetProperty("structuredContent");
        Assert.Equal(job, Assert.Single(listed.GetProperty("jobs").EnumerateArray()).GetProperty("job_id").GetString());
        Assert.NotEqual(default, (await GetAsync(wire, "nightly")).GetProperty("next_at").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("one", 1)]
    [InlineData("skip", 0)]
    [InlineData("all", 3)]
    public async Task After_a_downtime_the_rule_says_what_is_made_up_for(string rule, int started)
    {
        var wire = await SubjectAsync();
        // The hour that is furthest from now, so that none of it is due while the test runs.
        var minute = (DateTimeOffset.Parse(await NowAsync(), null).Minute + 30) % 60;
        await CreateAsync(wire, "hourly", new() { ["cron"] = $"{minute} * * * *", ["catch_up"] = rule, ["arguments"] = new JsonObject { ["seconds"] = 0 } });

        await ScalarAsync("UPDATE actors.schedules SET due_at = due_at - interval '3 hours', look_at = now() WHERE subject = $1 RETURNING 'x'", wire.Subject);

        var expected = started == 3 ? 3 : started + 1;
        var runs = await UntilAsync(wire, "hourly", runs => runs.Length == expected && runs.All(run => !IsStarted(run) || Status(run) == "completed"));
        Assert.Equal(started, runs.Count(IsStarted));
        Assert.Equal(3 - started, runs.Where(run => Outcome(run) == "missed").Sum(run => run.TryGetProperty("count", out var count) ? count.GetInt32() : 1));
        Assert.Equal(started, (await JobsAsync(wire, "hourly")).Length);
    }

    [Fact]
    public async Task A_run_that_is_due_while_the_one_before_has_not_ended_is_skipped()
    {
        var wire = await SubjectAsync();
        await CreateAsync(wire, "slow", new() { ["cron"] = Yearly, ["arguments"] = new JsonObject { ["seconds"] = 60 } });
        await MoveAsync(wire, "slow", "20 seconds");
        var first = Assert.Single(await UntilAsync(wire, "slow", runs => runs.Length == 1));

        await MoveAsync(wire, "slow", "10 seconds");

        var runs = await UntilAsync(wire, "slow", runs => runs.Length == 2);
        Assert.Equal("skipped", Outcome(runs[0]));
        var job = first.GetProperty("job_id").GetString()!;
        Assert.Contains(job, runs[0].GetProperty("note").GetString(), StringComparison.Ordinal);
        await wire.CallAsync("job_cancel", new() { ["job_id"] = job }, null, Token);
        await MoveAsync(wire, "slow", "0 seconds");
        Assert.Equal("started", Outcome((await UntilAsync(wire, "slow", runs => runs.Length == 3))[0]));
    }

    [Fact]
    public async Task A_paused_schedule_starts_nothing_and_resumes_with_the_next_due_time()
    {
        var wire = await SubjectAsync();
        await CreateAsync(wire, "rest", new() { ["cron"] = Yearly });

        var paused = await wire.CallAsync("schedule_pause", new() { ["name"] = "rest" }, null, Token);

        Assert.True(Structure(paused).GetProperty("paused").GetBoolean());
        Assert.False(Structure(paused).TryGetProperty("next_at", out _));
        Assert.Equal("t", await ScalarAsync("SELECT (look_at IS NULL)::text::char FROM actors.schedules WHERE subject = $1", wire.Subject));
        var resumed = await wire.CallAsync("schedule_resume", new() { ["name"] = "rest" }, null, Token);
        Assert.False(Structure(resumed).GetProperty("paused").GetBoolean());
        Assert.True(Structure(resumed).TryGetProperty("next_at", out _));
        Assert.Empty((await GetAsync(wire, "rest")).GetProperty("runs").EnumerateArray());
    }

    [Fact]
    public async Task A_run_whose_tool_is_gone_is_recorded_and_the_next_is_tried()
    {
        var wire = await SubjectAsync();
        await CreateAsync(wire, "lost", new() { ["cron"] = Yearly });
        await ScalarAsync("UPDATE actors.schedules SET tool = 'gone_tool' WHERE subject = $1 RETURNING 'x'", wire.Subject);

        await MoveAsync(wire, "lost", "30 seconds");

        // The tests' server has no patience with missing tools.
        var run = Assert.Single(await UntilAsync(wire, "lost", runs => runs.Length == 1));
        Assert.Equal("refused", Outcome(run));
        Assert.Contains("gone_tool", run.GetProperty("note").GetString(), StringComparison.Ordinal);
        var schedule = await GetAsync(wire, "lost");
        Assert.Contains("gone_tool", schedule.GetProperty("last_failure").GetString(), StringComparison.Ordinal);
        Assert.True(schedule.TryGetProperty("next_at", out _));
    }

    [Fact]
    public async Task The_same_wish_twice_is_one_schedule_and_another_of_that_name_is_refused()
    {
        var wire = await SubjectAsync();
        await CreateAsync(wire, "twice", new() { ["cron"] = Yearly });

        var again = await CreateAsync(wire, "twice", new() { ["cron"] = Yearly });
        var other = await CreateAsync(wire, "twice", new() { ["cron"] = "0 1 * * *" });

        Assert.False(again.IsToolError);
        Assert.True(other.IsToolError);
        Assert.Single((await wire.CallAsync("schedule_list", null, null, Token)).Result.GetProperty("structuredContent").GetProperty("schedules").EnumerateArray());
    }

    [Fact]
    public async Task A_principal_may_have_so_many_schedules_and_no_more()
    {
        var wire = await SubjectAsync();
        for (var i = 0; i < Server.MaxSchedules; i++)
            Assert.False((await CreateAsync(wire, $"s{i}", new() { ["cron"] = Yearly })).IsToolError);

        var over = await CreateAsync(wire, "over", new() { ["cron"] = Yearly });

        Assert.True(over.IsToolError);
        Assert.Contains("MaxPerPrincipal", over.ToolText, StringComparison.Ordinal);
        await wire.CallAsync("schedule_delete", new() { ["name"] = "s0" }, null, Token);
        Assert.False((await CreateAsync(wire, "over", new() { ["cron"] = Yearly })).IsToolError);
    }

    [Fact]
    public async Task Somebody_elses_schedule_looks_missing()
    {
        var wire = await SubjectAsync();
        await CreateAsync(wire, "mine", new() { ["cron"] = Yearly });

        foreach (var stranger in (Wire[])[server.Colleague, server.OtherTenant])
        {
            foreach (var tool in (string[])["schedule_get", "schedule_pause", "schedule_resume", "schedule_delete"])
            {
                var reply = await stranger.CallAsync(tool, new() { ["name"] = "mine" }, null, Token);
                Assert.True(reply.IsToolError);
                Assert.Contains("no schedule named 'mine'", reply.ToolText, StringComparison.Ordinal);
            }
            Assert.DoesNotContain("mine", (await stranger.CallAsync("schedule_list", null, null, Token)).ToolText, StringComparison.Ordinal);
        }
        Assert.False((await GetAsync(wire, "mine")).GetProperty("paused").GetBoolean());
    }

    [Theory]
    [InlineData("""{"cron":"0 0 12 * * ?"}""", "five fields")]
    [InlineData("""{"cron":"61 * * * *"}""", "minute '61'")]
    [InlineData("""{"cron":"0 0 30 2 *"}""", "never comes")]
    [InlineData("""{"cron":"0 0 * * *","time_zone":"Mars/Base"}""", "IANA")]
    [InlineData("""{"cron":"0 0 * * *","tool":"job_get"}""", "job_get")]
    [InlineData("""{"cron":"0 0 * * *","tool":"test_simple_text"}""", "does not run as a job")]
    [InlineData("""{"cron":"0 0 * * *","arguments":{"seconds":"x"}}""", "input schema")]
    [InlineData("""{"cron":"0 0 * * *","catch_up":"never"}""", "catch_up")]
    [InlineData("""{"cron":"0 0 * * *","name":"a b"}""", "name")]
    [InlineData("""{"cron":"0 0 * * *","every":"day"}""", "no argument 'every'")]
    public async Task A_mistake_is_told_in_words_that_help(string arguments, string word)
    {
        var wire = await SubjectAsync();

        var reply = await CreateAsync(wire, "wrong", JsonNode.Parse(arguments)!.AsObject());

        Assert.True(reply.IsToolError);
        Assert.Contains(word, reply.ToolText, StringComparison.Ordinal);
        Assert.Empty((await wire.CallAsync("schedule_list", null, null, Token)).Result.GetProperty("structuredContent").GetProperty("schedules").EnumerateArray());
    }

    private static JsonElement Structure(Reply reply) => reply.Result.GetProperty("structuredContent");

    private static string Outcome(JsonElement run) => run.GetProperty("outcome").GetString()!;

    private static bool IsStarted(JsonElement run) => Outcome(run) == "started";

    private static string? Status(JsonElement run) => run.TryGetProperty("job_status", out var status) ? status.GetString() : null;

    private async Task<OwnWire> SubjectAsync()
    {
        // One of its own: other tests have schedules meanwhile.
        var subject = $"s{Guid.NewGuid():N}";
        return new OwnWire(server.WireWith((await server.CreateKeyAsync("acme", subject, Token)).Key), subject);
    }

    private static Task<Reply> CreateAsync(OwnWire wire, string name, JsonObject arguments)
    {
        arguments.TryAdd("name", name);
        arguments.TryAdd("tool", "slow_compute");
        arguments.TryAdd("arguments", new JsonObject { ["seconds"] = 0 });
        return wire.CallAsync("schedule_create", arguments, null, Token);
    }

    private static async Task<JsonElement> GetAsync(OwnWire wire, string name) =>
        Structure(await wire.CallAsync("schedule_get", new() { ["name"] = name, ["runs"] = 100 }, null, Token));

    private static async Task<string[]> JobsAsync(OwnWire wire, string name) =>
        [.. Structure(await wire.CallAsync("job_list", new() { ["label"] = $"schedule={name}" }, null, Token))
            .GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("job_id").GetString()!)];

    private static async Task<JsonElement[]> UntilAsync(OwnWire wire, string name, Func<JsonElement[], bool> wanted)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            JsonElement[] runs = [.. (await GetAsync(wire, name)).GetProperty("runs").EnumerateArray()];
            if (wanted(runs))
                return runs;
            await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
        }
    }

    /// <summary>Lets a schedule be due, and be so since then.</summary>
    private Task<string> MoveAsync(OwnWire wire, string name, string back) => ScalarAsync(
        $"UPDATE actors.schedules SET due_at = date_trunc('second', now()) - interval '{back}', look_at = now() WHERE subject = $1 AND name = '{name}' RETURNING 'x'",
        wire.Subject);

    private Task<string> NowAsync() => ScalarAsync("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SSZ') WHERE $1 <> ''", "x");

    private async Task<string> ScalarAsync(string sql, string subject)
    {
        await using var command = server.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = subject });
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }

    private sealed class OwnWire(Wire wire, string subject)
    {
        public string Subject => subject;

        public Task<Reply> CallAsync(string tool, JsonObject? arguments, JsonObject? capabilities, CancellationToken cancellationToken) =>
            wire.CallAsync(tool, arguments, capabilities, cancellationToken);
    }
}
