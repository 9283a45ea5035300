using System.Text.Json.Nodes;
using Npgsql;

namespace Actors.Cluster.Tests;

/// <summary>Recurring jobs on two silos that are killed again and again: every due time is one job, and never two at once.</summary>
public sealed class ScheduleTests
{
    private const int Schedules = 8;
    private const int Kills = 5;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    // The gap between two runs of one schedule: how long the job before was over when the next one was made.
    private const string Runs =
        """
        SELECT count(*), count(DISTINCT r.job_id), count(j.id), count(*) FILTER (WHERE r.outcome <> 0),
               count(*) FILTER (WHERE j.created_at < j.before_ended_at), (extract(epoch FROM max(r.due_at) - min(r.due_at)) / 60)::int + 1,
               (SELECT count(*) FROM actors.jobs WHERE labels->>'schedule' = s.name)
        FROM actors.schedules s
        JOIN actors.schedule_runs r ON r.tenant = s.tenant AND r.schedule_id = s.id
        LEFT JOIN (
            SELECT tenant, id, created_at, lag(ended_at) OVER (PARTITION BY labels->>'schedule' ORDER BY created_at) AS before_ended_at FROM actors.jobs
        ) j ON j.tenant = r.tenant AND j.id = r.job_id
        GROUP BY s.tenant, s.id
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_that_are_killed_again_and_again_neither_lose_nor_double_a_run()
    {
        await using var cluster = await OwnCluster.StartAsync(
            new Dictionary<string, string> { ["Actors:Schedules:RetryAfter"] = "00:00:00.100", ["Actors:Schedules:LookEvery"] = "00:00:00.050" }, Token);
        await using var database = NpgsqlDataSource.Create(cluster.Cluster.Postgres.ConnectionString);
        for (var i = 0; i < Schedules; i++)
        {
            var created = await cluster.Client.CallAsync(cluster.Frontend(), "schedule_create", new JsonObject
            {
                ["name"] = $"every-minute-{i}",
                ["tool"] = "count_to",
                ["arguments"] = new JsonObject { ["n"] = 1, ["delayMs"] = 20 },
                ["cron"] = "* * * * *",
                ["catch_up"] = "all",
            }, Token);
            Assert.False(created.Result!.Value.GetProperty("isError").GetBoolean(), created.Message.GetRawText());
        }

        // An hour in which nobody was there.
        await ExecuteAsync(database, "UPDATE actors.schedules SET due_at = due_at - interval '60 minutes', look_at = now()");
        for (var kill = 0; kill < Kills; kill++)
        {
            var made = (kill + 1) * Schedules * 8;
            await Eventually.HoldsAsync($"{made} runs", async () => await CountAsync(database, "SELECT count(*) FROM actors.schedule_runs") >= made, Token);
            var silo = cluster.Cluster.Silos[kill % 2];
            await silo.KillAsync(Token);
            silo.Start();
            await silo.WaitUntilReadyAsync(Deadline, Token);
        }

        await Eventually.HoldsAsync("nothing is due any more", async () => await CountAsync(
            database, "SELECT (SELECT count(*) FROM actors.schedules WHERE due_at <= now()) + (SELECT count(*) FROM actors.jobs WHERE status < 3)") == 0, Token);
        await ExecuteAsync(database, "UPDATE actors.schedules SET paused_at = now(), look_at = NULL");
        await AssertEveryMinuteRanOnceAsync(database);
    }

    private static async Task AssertEveryMinuteRanOnceAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(Runs);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var schedules = 0;
        while (await reader.ReadAsync(Token))
        {
            schedules++;
            var runs = reader.GetInt64(0);
            Assert.True(runs >= 60, $"{runs} runs");
            Assert.Equal(runs, reader.GetInt32(5)); // a row for each minute
            Assert.Equal(0, reader.GetInt64(3)); // each of them became a job
            Assert.Equal(runs, reader.GetInt64(1)); // of its own
            Assert.Equal(runs, reader.GetInt64(2)); // that is there
            Assert.Equal(runs, reader.GetInt64(6)); // and there are no others
            Assert.Equal(0, reader.GetInt64(4)); // one after the other
        }

        Assert.Equal(Schedules, schedules);
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
