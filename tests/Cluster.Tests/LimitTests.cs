using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace Actors.Cluster.Tests;

/// <summary>A limit on running jobs that two silos share, with the worst in the middle.</summary>
public sealed class LimitTests
{
    private const int Jobs = 40;
    private const int Limit = 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_jobs_of_a_limited_tool_run_at_any_instant_though_a_silo_is_killed()
    {
        await using var cluster = await OwnCluster.StartAsync(new Dictionary<string, string>(), Token, frontends: 2);
        var record = Path.GetTempFileName();
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sampled = SampleAsync(cluster.Cluster.Postgres.ConnectionString, sampling.Token);
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => cluster.Client.CreateAsync(
            cluster.Next, "two_at_once", new JsonObject { ["record"] = record, ["delayMs"] = 150 }, Token)));
        await Eventually.HoldsAsync("a third have run", async () => (await ReadAsync(record)).Count(run => run.What == "ended") > Jobs / 3, Token);

        var victim = cluster.Cluster.Silos[0];
        var pid = victim.Pid;
        await victim.KillAsync(Token);
        var killed = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(jobs.Select(job => cluster.Client.ReachesAsync(cluster.Frontend, job, "completed", Token)));

        await sampling.CancelAsync();
        Assert.InRange(await sampled, 1, Limit);
        var runs = await ReadAsync(record);
        Assert.InRange(MostAtOnce(runs, pid, killed), 1, Limit);
        Assert.Equal(jobs.Order(), runs.Select(run => run.Job).Distinct().Order());
        Assert.Equal(2, runs.Select(run => run.Pid).Distinct().Count());
        File.Delete(record);
    }

    [Fact]
    public async Task A_delayed_job_starts_on_time_although_all_silos_were_restarted_meanwhile()
    {
        await using var cluster = await OwnCluster.StartAsync(new Dictionary<string, string>(), Token);
        var delayed = await cluster.Client.CreateAsync(
            cluster.Frontend, "count_to", new JsonObject { ["n"] = 1, ["delayMs"] = 0 }, Token, new JsonObject { ["actors/delayMs"] = 15_000 });
        foreach (var silo in cluster.Cluster.Silos) await silo.KillAsync(Token);
        foreach (var silo in cluster.Cluster.Silos) silo.Start();
        await cluster.Client.ReachesAsync(cluster.Frontend, delayed, "completed", Token);

        await using var database = NpgsqlDataSource.Create(cluster.Cluster.Postgres.ConnectionString);
        await using var late = database.CreateCommand($"SELECT extract(epoch FROM started_at - run_at)::float8, extract(epoch FROM run_at - created_at)::float8 FROM actors.jobs WHERE id = '{delayed}'");
        await using var reader = await late.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        Assert.InRange(reader.GetDouble(0), 0, 20);
        // From when the frontend read the call, which is a little before the row was made.
        Assert.InRange(reader.GetDouble(1), 5, 15);
    }

    private static async Task<List<Run>> ReadAsync(string record) => [.. (await File.ReadAllLinesAsync(record, Token)).Select(Run.Parse)];

    /// <summary>What the dead silo ran ended with it, at the latest.</summary>
    private static int MostAtOnce(List<Run> runs, int dead, long killed)
    {
        var ended = runs.Where(run => run.What == "ended").Select(run => (run.Job, run.Attempt, run.Pid)).ToHashSet();
        var changes = runs.Select(run => (run.At, Change: run.What == "began" ? 1 : -1))
            .Concat(runs.Where(run => run.What == "began" && run.Pid == dead && !ended.Contains((run.Job, run.Attempt, run.Pid))).Select(_ => (At: killed, Change: -1)));
        int now = 0, most = 0;
        foreach (var (_, change) in changes.OrderBy(change => change.At).ThenBy(change => change.Change))
            most = Math.Max(most, now += change);
        return most;
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

    private sealed record Run(string What, string Job, int Attempt, int Pid, long At)
    {
        public static Run Parse(string line)
        {
            var words = line.Split(' ');
            return new Run(
                words[0], words[1], int.Parse(words[2], CultureInfo.InvariantCulture), int.Parse(words[3], CultureInfo.InvariantCulture),
                long.Parse(words[4], CultureInfo.InvariantCulture));
        }
    }
}
