using System.Text.Json.Nodes;
using Npgsql;

namespace Actors.Cluster.Tests;

/// <summary>Many clients, and a Postgres that comes back: nobody takes more connections than the pools allow.</summary>
public sealed class ConnectionStormTests
{
    private const int MaxConnections = 6;
    private const int Callers = 200;

    // Two silos and a frontend; beside its pool, a silo has its lease's connections, and each process those of its membership.
    private const int Processes = 3;
    private const int Bound = Processes * (MaxConnections + 2 + 4);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_that_wait_for_Postgres_do_not_storm_it_when_it_is_back()
    {
        await using var own = await OwnCluster.StartAsync(
            new Dictionary<string, string> { ["Actors:Storage:MaxConnections"] = $"{MaxConnections}" }, Token);
        var before = await own.StartCountingAsync(jobs: 20, steps: 20, delayMs: 200, Token);

        await own.Cluster.Postgres.KillAsync(Token);
        var storm = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => own.Client.CreateAsync(
            own.Frontend, "count_to", new JsonObject { ["n"] = 1, ["delayMs"] = 1 }, Token)));
        await own.Cluster.Postgres.StartAgainAsync(Token);
        var most = await MostConnectionsAsync(own.Cluster.Postgres.ConnectionString, storm);

        await own.AllEndAsync(await storm, Token);
        await own.AllEndAsync(before, Token);
        Assert.InRange(most, 1, Bound);
    }

    /// <summary>The most connections that others had at once until the task has ended.</summary>
    private static async Task<long> MostConnectionsAsync(string connectionString, Task until)
    {
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 1 });
        var most = 0L;
        do
        {
            await using var command = database.CreateCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
            most = Math.Max(most, (long)(await command.ExecuteScalarAsync(Token))!);
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token));
        }
        while (!until.IsCompleted);
        return most;
    }
}
