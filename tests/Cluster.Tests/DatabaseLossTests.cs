using System.Collections.Concurrent;
using Npgsql;

namespace Actors.Cluster.Tests;

/// <summary>Postgres goes and comes back, with agents at work.</summary>
public sealed class DatabaseLossTests(RunningCluster cluster)
{
    private const int Steps = 30;
    private const int DelayMs = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_Postgres_is_killed_and_starts_again()
    {
        await cluster.HealAsync(Token);
        var before = await cluster.StartCountingAsync(40, Steps, DelayMs, Token);

        await cluster.Cluster.Postgres.KillAsync(Token);
        var during = cluster.StartCountingAsync(10, Steps, DelayMs, Token);
        await cluster.Cluster.Postgres.StartAgainAsync(Token);

        await cluster.AllEndAsync(before, Steps, Token);
        await cluster.AllEndAsync(await during, Steps, Token);
    }

    [Fact]
    public async Task Every_handle_given_while_Postgres_is_killed_in_the_middle_of_commits_is_there_and_ends()
    {
        await cluster.HealAsync(Token);
        using var load = new CreationLoad(cluster, clients: 32);

        await load.MakesMoreAsync(200, Token);
        await cluster.Cluster.Postgres.KillAsync(Token);
        await cluster.Cluster.Postgres.StartAgainAsync(Token);
        await load.MakesMoreAsync(200, Token);

        Assert.All(await load.EndAsync(), static answer => Assert.True(answer.ErrorCode == 503, answer.Message.GetRawText()));
        await cluster.AllEndAsync(load.Handles, CreationLoad.Steps, Token);
    }

    [Fact]
    public async Task When_Postgres_comes_back_under_load_no_pool_opens_more_connections_than_it_may()
    {
        const int Silos = 3, Frontends = 2;
        Dictionary<string, long> mayHave = new()
        {
            ["actors"] = (Silos + Frontends) * 30,
            ["actors-lease"] = Silos * 2,
            ["actors-membership"] = (Silos * 4) + (Frontends * 2),
        };
        await cluster.HealAsync(Token);
        using var load = new CreationLoad(cluster, clients: 200);
        await load.MakesMoreAsync(50, Token);
        await cluster.Cluster.Postgres.KillAsync(Token);
        await load.IsRefusedAsync(Token);
        await cluster.Cluster.Postgres.StartAgainAsync(Token);

        var most = new ConcurrentDictionary<string, long>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var counting = CountBackendsAsync(most, enough.Token);
        await load.MakesMoreAsync(200, Token);
        await enough.CancelAsync();
        await counting;

        Assert.All(await load.EndAsync(), static answer => Assert.True(answer.ErrorCode == 503, answer.Message.GetRawText()));
        Assert.Equal(mayHave.Keys.Order(), most.Keys.Order());
        Assert.All(most, pool => Assert.InRange(pool.Value, 1, mayHave[pool.Key]));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", most));
        await cluster.AllEndAsync(load.Handles, CreationLoad.Steps, Token);
    }

    /// <summary>The most backends that each of the product's pools has had at a time, until it is enough.</summary>
    private async Task CountBackendsAsync(ConcurrentDictionary<string, long> most, CancellationToken enough)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(cluster.Cluster.Postgres.ConnectionString) { Pooling = false, ApplicationName = "counting" }.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(
            "SELECT application_name, count(*) FROM pg_stat_activity WHERE application_name LIKE 'actors%' GROUP BY 1", connection);
        do
        {
            await using var reader = await command.ExecuteReaderAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                var now = reader.GetInt64(1);
                most.AddOrUpdate(reader.GetString(0), now, (_, before) => Math.Max(before, now));
            }
        }
        while (!enough.IsCancellationRequested);
    }

    [Fact]
    public async Task An_outage_longer_than_the_lease_is_told_in_words_and_survived()
    {
        await cluster.HealAsync(Token);
        var jobs = await cluster.StartCountingAsync(20, Steps, DelayMs, Token);
        await cluster.Cluster.Postgres.StopAsync();
        try
        {
            // Held back for as long as frontends retry, which is longer than a lease lasts; then said.
            var refused = await cluster.Client.CallAsync(cluster.FirstFrontend, "count_to", new() { ["n"] = 1, ["delayMs"] = 1 }, Token);
            Assert.Null(refused.Result);
            Assert.Contains("again", refused.ErrorText, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Npgsql", refused.Message.GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            await cluster.Cluster.Postgres.StartAgainAsync(Token);
        }

        await cluster.AllEndAsync(jobs, Steps, Token);
    }
}
