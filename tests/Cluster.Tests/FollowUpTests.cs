using System.Text.Json.Nodes;
using Npgsql;

namespace Actors.Cluster.Tests;

/// <summary>What follows the end of jobs, on two silos that are killed meanwhile: each message arrives, under one id, and each call is made once.</summary>
public sealed class FollowUpTests
{
    private const int Jobs = 100;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private const string Followed =
        """
        SELECT count(*) AS jobs, count(DISTINCT options->>'calledBy') AS parents
        FROM (SELECT convert_from(options, 'UTF8')::json AS options FROM actors.jobs WHERE options IS NOT NULL) j
        WHERE options->>'calledBy' IS NOT NULL
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silos_that_are_killed_lose_no_message_and_make_no_call_twice()
    {
        using var listener = new WebhookListener();
        await using var cluster = await OwnCluster.StartAsync(
            new Dictionary<string, string>
            {
                ["Actors:Webhooks:AllowHttp"] = "true",
                ["Actors:Webhooks:AllowPrivateAddresses"] = "true",
                ["Actors:Webhooks:FirstRetryDelay"] = "00:00:00.500",
                ["Actors:Webhooks:Timeout"] = "00:00:01",
            },
            Token);
        await using var database = NpgsqlDataSource.Create(cluster.Cluster.Postgres.ConnectionString);
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => CreateAsync(cluster, listener.Url)));

        for (var kill = 0; kill < 4; kill++)
        {
            var ended = (kill + 1) * Jobs / 5;
            await Eventually.HoldsAsync(
                $"{ended} jobs have ended", async () => await CountAsync(database, "SELECT count(*) FROM actors.jobs WHERE status >= 3") >= ended, Token);
            var silo = cluster.Cluster.Silos[kill % 2];
            await silo.KillAsync(Token);
            silo.Start();
            await silo.WaitUntilReadyAsync(Deadline, Token);
        }

        await Eventually.HoldsAsync("nothing is left to do", async () => await CountAsync(
            database, "SELECT (SELECT count(*) FROM actors.follow_ups) + (SELECT count(*) FROM actors.jobs WHERE status < 3)") == 0, Token);
        Assert.Equal(Jobs, listener.Accepted);
        Assert.All(jobs, job => Assert.Single(listener.IdsOf(job).Distinct()));
        await using var command = database.CreateCommand(Followed);
        await using var reader = await command.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal((Jobs, Jobs), (reader.GetInt64(0), reader.GetInt64(1)));
    }

    private static async Task<string> CreateAsync(OwnCluster cluster, string url)
    {
        var created = await cluster.Client.CallAsync(
            cluster.Frontend(), "count_to", new JsonObject { ["n"] = 20, ["delayMs"] = 100 }, Token,
            meta: new JsonObject
            {
                ["actors/then"] = new JsonObject { ["tool"] = "count_to", ["arguments"] = new JsonObject { ["n"] = 1, ["delayMs"] = 10 } },
                ["actors/webhook"] = new JsonObject { ["url"] = url },
            });
        return created.Result!.Value.GetProperty("taskId").GetString()!;
    }

    private static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
