using System.Text.Json.Nodes;
using Npgsql;

namespace Actors.Cluster.Tests;

/// <summary>A limit on running jobs that two silos share, with the worst in the middle.</summary>
public sealed class LimitTests
{
    private const int Jobs = 40;
    private const int Limit = 2;

    /// <summary>The database keeps microseconds.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromMicroseconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_jobs_of_a_limited_tool_run_at_any_instant_though_a_silo_is_killed()
    {
        await using var cluster = await OwnCluster.StartAsync(new Dictionary<string, string>(), Token, frontends: 2);
        var record = Directory.CreateTempSubdirectory("actors-").FullName;
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sampled = SampleAsync(cluster.Cluster.Postgres.ConnectionString, sampling.Token);
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => cluster.Client.CreateAsync(
            cluster.Next, "two_at_once", new JsonObject { ["record"] = record, ["delayMs"] = 150 }, Token)));
        await Eventually.HoldsAsync("a third have run", async () => (await Run.ReadAsync(record, Token)).Count(run => run.What == "ended") > Jobs / 3, Token);

        // The one that runs them; the other may have had none, since who ends a job is the first to know that another may start.
        var busy = (await Run.ReadAsync(record, Token))[^1].Pid;
        var victim = cluster.Cluster.Silos.Single(silo => silo.Pid == busy);
        var pid = victim.Pid;
        var killed = TimeProvider.System.GetTimestamp();
        await victim.KillAsync(Token);
        await Task.WhenAll(jobs.Select(job => cluster.Client.ReachesAsync(cluster.Frontend, job, "completed", Token)));

        await sampling.CancelAsync();
        Assert.InRange(await sampled, 1, Limit);
        var runs = await Run.ReadAsync(record, Token);
        Assert.InRange(Run.MostAtOnce(runs, pid, killed), 1, Limit);
        Assert.Equal(jobs.Order(), runs.Select(run => run.Job).Distinct().Order());
        Assert.Equal(2, runs.Select(run => run.Pid).Distinct().Count());
        Directory.Delete(record, recursive: true);
    }

    [Fact]
    public async Task A_delayed_job_waits_for_its_time_and_starts_then_although_all_silos_were_restarted_meanwhile()
    {
        var delay = TimeSpan.FromHours(1);
        await using var cluster = await OwnCluster.StartAsync(new Dictionary<string, string>(), Token);
        await using var database = NpgsqlDataSource.Create(cluster.Cluster.Postgres.ConnectionString);
        var before = TimeProvider.System.GetUtcNow();
        var delayed = await cluster.Client.CreateAsync(
            cluster.Frontend, "count_to", new JsonObject { ["n"] = 1, ["delayMs"] = 0 }, Token, new JsonObject { ["actors/delayMs"] = (long)delay.TotalMilliseconds });
        var after = TimeProvider.System.GetUtcNow();
        Assert.InRange(await TimeAsync(database, delayed, "run_at"), before + delay - Rounding, after + delay + Rounding);
        foreach (var silo in cluster.Cluster.Silos) await silo.KillAsync(Token);
        foreach (var silo in cluster.Cluster.Silos) silo.Start();

        // The silos that start other jobs leave it alone.
        await cluster.AllEndAsync(await cluster.StartCountingAsync(jobs: 4, steps: 1, delayMs: 0, Token), Token);
        Assert.StartsWith("To start at ", (await cluster.Client.GetAsync(cluster.Frontend(), delayed, Token)).Result!.Value.GetProperty("statusMessage").GetString(), StringComparison.Ordinal);

        // An hour passes: in the database, where the time is kept.
        await using (var passes = database.CreateCommand($"UPDATE actors.jobs SET run_at = clock_timestamp() + interval '1 second' WHERE id = '{delayed}'"))
            await passes.ExecuteNonQueryAsync(Token);
        await cluster.Client.ReachesAsync(cluster.Frontend, delayed, "completed", Token);
        Assert.True(await TimeAsync(database, delayed, "started_at") >= await TimeAsync(database, delayed, "run_at"));
    }

    private static async Task<DateTimeOffset> TimeAsync(NpgsqlDataSource database, string job, string column)
    {
        await using var command = database.CreateCommand($"SELECT {column} FROM actors.jobs WHERE id = '{job}'");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(Token))!);
    }

    private static async Task<long> SampleAsync(string connectionString, CancellationToken cancellationToken)
    {
        long most = 0;
        try
        {
            await using var database = NpgsqlDataSource.Create(connectionString);
            while (true)
            {
                await using var count = database.CreateCommand("SELECT count(*) FROM actors.jobs WHERE tool = 'two_at_once' AND silo IS NOT NULL AND status < 3");
                most = Math.Max(most, (long)(await count.ExecuteScalarAsync(cancellationToken))!);
                await Task.Delay(10, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return most;
        }
    }
}
