using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;
using Actors.Bench.Driver.Results;

namespace Actors.Bench.Driver.Rows;

/// <summary>Sessions of revision 2025-11-25, begun and held: memory of the process, and their rows.</summary>
internal static class SessionsRow
{
    private const int Sessions = 100_000;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(RowRun row)
    {
        var count = row.Pace.Of(full: Sessions, quick: Sessions / 10);
        var (begun, held, postgres, each, stored) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < row.Pace.Of(full: 2, quick: 1); round++)
        {
            var sample = await RoundAsync(count);
            begun.Add(sample.BegunPerSecond);
            held.Add(sample.HeldMiB);
            postgres.Add(sample.PostgresMiB);
            each.Add(sample.EachKiB);
            stored.Add(sample.StoredBytes);
        }

        var work = $"{count:N0} sessions of revision 2025-11-25";
        row.Add(Figure.Of(work, "Actors, begun", "/s", begun) with
        {
            Processes = [new ProcessUse("server", 0, 0, Quantile.Median(held)), new ProcessUse("PostgreSQL", 0, 0, Quantile.Median(postgres))],
        });
        row.Add(Figure.Of(work, "Actors, memory for each", "KiB", each) with { IsLessBetter = true });
        row.Add(Figure.Of(work, "Actors, row and index for each", "B", stored) with { IsLessBetter = true });
    }

    /// <summary>With processes of its own: memory that a process has had once it may keep.</summary>
    private static async Task<(double BegunPerSecond, double HeldMiB, double PostgresMiB, double EachKiB, double StoredBytes)> RoundAsync(int count)
    {
        await using var actors = await OneProcess.StartAsync();
        var initialize = actors.Requests.Initialize();
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
        return (count / took.TotalSeconds, held, actors.Postgres.Group.MemoryMiB, (held - before) * 1024 / count, (double)bytes / rows);
    }
}
