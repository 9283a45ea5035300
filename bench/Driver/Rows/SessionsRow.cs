using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Rows;

/// <summary>Sessions of revision 2025-11-25, begun and held: memory of the process, and their rows.</summary>
internal static class SessionsRow
{
    private const int Sessions = 100_000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(RowRun row)
    {
        await using var actors = await OneProcess.StartAsync();
        var initialize = actors.Requests.Initialize();
        var count = row.Pace.Of(full: Sessions, quick: Sessions / 10);
        var before = actors.Group.MemoryMiB;
        var started = Stopwatch.GetTimestamp();
        await Crowd.EachAsync(actors.Address, 32, count, async (connection, _) =>
        {
            var answer = await connection.SendAsync(initialize);
            if (!HttpConnection.IsOk(answer.Span) || answer.Span.IndexOf("Mcp-Session-Id"u8) < 0)
                throw new InvalidOperationException($"The server answered: {System.Text.Encoding.UTF8.GetString(answer.Span)}");
        });
        var took = Stopwatch.GetElapsedTime(started);
        await Task.Delay(Settle);
        var held = actors.Group.MemoryMiB;
        var rows = await BenchPostgres.ScalarAsync<long>(actors.Postgres.ConnectionString, "SELECT count(*) FROM actors.sessions");
        if (rows < count)
            throw new InvalidOperationException($"{rows} of {count} sessions are stored: the figures are void.");
        var bytes = await BenchPostgres.ScalarAsync<long>(actors.Postgres.ConnectionString, "SELECT pg_total_relation_size('actors.sessions')");
        var work = $"{count:N0} sessions of revision 2025-11-25";
        row.Add(Figure.Of(work, "Actors, begun", "/s", count / took.TotalSeconds) with
        {
            Processes = [new ProcessUse("server", 0, 0, held), new ProcessUse("PostgreSQL", 0, 0, actors.Postgres.Group.MemoryMiB)],
        });
        row.Add(Figure.Of(work, "Actors, memory for each", "KiB", (held - before) * 1024 / count) with { IsLessBetter = true });
        row.Add(Figure.Of(work, "Actors, row and index for each", "B", (double)bytes / rows) with { IsLessBetter = true });
    }
}
