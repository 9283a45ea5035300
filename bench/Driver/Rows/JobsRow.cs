using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Npgsql;

namespace Actors.Bench.Driver.Rows;

/// <summary>
/// A job that does nothing from its create to its end: callers create for a while, then all of them are waited for. The queues beside it
/// have a database of their own on the same Postgres, and create through their library, with no HTTP and no credential between.
/// </summary>
internal static class JobsRow
{
    private const int Callers = 64;

    public static async Task RunAsync(RowRun row)
    {
        await using var actors = await OneProcess.StartAsync();
        await using var boss = await NodeQueue.StartAsync("pg-boss", await actors.Postgres.CreateDatabaseAsync("pg_boss"), Callers);
        await using var graphile = await NodeQueue.StartAsync("graphile-worker", await actors.Postgres.CreateDatabaseAsync("graphile"), Callers);
        using var creates = await HttpLoad.ConnectAsync(
            actors.Address, actors.Requests.CallTool("no_op"), Callers, answer => HttpConnection.IsOk(answer.Span) && answer.Span.IndexOf("\"taskId\""u8) > 0);
        await using var database = NpgsqlDataSource.Create(actors.Postgres.ConnectionString);
        await Contest.RunAsync(row, $"create, run and complete a job that does nothing, {Callers} callers",
            new Contestant("Actors, one process, with a key", length => UntilAllEndedAsync(creates, database, length), actors.Group, actors.Postgres.Group) { Warmups = 3 },
            new Contestant("pg-boss", boss.RunAsync, boss.Group, actors.Postgres.Group) { LeastRatio = 1 },
            new Contestant("graphile-worker", graphile.RunAsync, graphile.Group, actors.Postgres.Group) { LeastRatio = 1 });
    }

    /// <summary>Creates for so long, and waits until no job runs or waits.</summary>
    public static async Task<Round> UntilAllEndedAsync(HttpLoad creates, NpgsqlDataSource database, TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var created = await creates.RunAsync(length);
        await using var live = database.CreateCommand("SELECT EXISTS (SELECT FROM actors.jobs WHERE silo IS NOT NULL AND status < 3) OR EXISTS (SELECT FROM actors.jobs WHERE silo IS NULL AND status = 0)");
        while ((bool)(await live.ExecuteScalarAsync())!)
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        return created with { Took = Stopwatch.GetElapsedTime(started) };
    }
}
