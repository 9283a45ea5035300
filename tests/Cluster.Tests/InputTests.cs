using System.Text.Json.Nodes;
using Npgsql;

namespace Actors.Cluster.Tests;

/// <summary>A question waits for days, and the cluster that asked it need not be there meanwhile.</summary>
public sealed class InputTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_parked_job_outlives_the_death_of_every_silo_and_goes_on_with_its_answers_days_later()
    {
        await using var own = await OwnCluster.StartAsync(new Dictionary<string, string> { ["Actors:Attempts:ParkAfter"] = "00:00:00.500" }, Token);
        var job = await own.Client.CreateAsync(own.Frontend, "ask_twice", [], Token);
        await own.Client.ReachesAsync(own.Frontend, job, "input_required", Token);
        await own.Client.AnswerAsync(own.Frontend(), job, "input-1", Accept("name", "Ada"), Token);
        await ParkedAsync(own, job, "input-2");

        await Task.WhenAll(own.Cluster.Silos.Select(silo => silo.KillAsync(Token)));
        await RunAsync(
            own,
            """
            UPDATE actors.jobs SET created_at = created_at - interval '6 days', updated_at = updated_at - interval '6 days',
                started_at = started_at - interval '6 days', expires_at = expires_at - interval '6 days',
                run_at = run_at - interval '6 days', input_expires_at = input_expires_at - interval '6 days'
            """);
        foreach (var silo in own.Cluster.Silos)
            silo.Start();
        await own.Cluster.WaitUntilReadyAsync(Deadline, Token);

        await own.Client.ReachesAsync(own.Frontend, job, "input_required", Token);
        var answered = await own.Client.AnswerAsync(own.Frontend(), job, "input-2", Accept("confirm", true), Token);
        Assert.NotNull(answered.Result);
        Assert.Equal("Ada: accept.", RunningCluster.TextOf(await own.Client.ReachesAsync(own.Frontend, job, "completed", Token)));
    }

    private static JsonObject Accept(string name, JsonNode value) =>
        new() { ["action"] = "accept", ["content"] = new JsonObject { [name] = value } };

    /// <summary>Until the second question is open, and its attempt is let go of.</summary>
    private static Task ParkedAsync(OwnCluster own, string job, string question) => Eventually.HoldsAsync(
        $"{job} is parked with {question}",
        async () => await own.Client.GetAsync(own.Frontend(), job, Token) is { Status: "input_required" } asking
            && asking.Result!.Value.GetProperty("inputRequests").TryGetProperty(question, out _)
            && (long)(await RunAsync(own, $"SELECT count(*) FROM actors.jobs WHERE id = '{job}' AND status = 2 AND silo IS NULL"))! == 1,
        Token);

    private static async Task<object?> RunAsync(OwnCluster own, string sql)
    {
        await using var source = NpgsqlDataSource.Create(own.Cluster.Postgres.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }
}
