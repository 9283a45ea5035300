using System.Diagnostics;
using Npgsql;

namespace Actors.Bench.Driver;

/// <summary>
/// What Postgres can do at most: rows as the server wrote one, in a table with the same columns, indexes and checks, one statement
/// and one commit for each hundred.
/// </summary>
internal sealed class BatchedInserts : IAsyncDisposable
{
    public const int RowsPerBatch = 100;
    private const int Writers = 4;

    private readonly NpgsqlDataSource _postgres;
    private readonly string _sql;
    private readonly string?[] _row;
    private readonly int _id;

    private BatchedInserts(NpgsqlDataSource postgres, string sql, string?[] row, int id) => (_postgres, _sql, _row, _id) = (postgres, sql, row, id);

    public Figures Figures { get; } = new();

    public static async Task<BatchedInserts> OfAsync(string connectionString, string tool)
    {
        var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 });
        await using (var table = postgres.CreateCommand("DROP TABLE IF EXISTS bench_jobs; CREATE TABLE bench_jobs (LIKE actors.jobs INCLUDING ALL)"))
            await table.ExecuteNonQueryAsync();

        var columns = new List<(string Name, string Type)>();
        await using (var command = postgres.CreateCommand(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'bench_jobs'::regclass AND attnum > 0 ORDER BY attnum"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        // The row as it is when the handle is returned: what running and ending wrote is not part of the create.
        string[] later = ["started_at", "ended_at", "result"];
        var row = new string?[columns.Count];
        await using (var command = postgres.CreateCommand(
            $"SELECT {string.Join(", ", columns.Select(column => column.Name == "status" ? "0" : later.Contains(column.Name) ? "NULL" : $"{column.Name}::text"))} FROM actors.jobs WHERE tool = $1 LIMIT 1"))
        {
            command.Parameters.Add(new() { Value = tool });
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i).ToString();
        }
        var sql = $"INSERT INTO bench_jobs ({string.Join(", ", columns.Select(column => column.Name))}) "
            + $"SELECT {string.Join(", ", columns.Select((column, i) => $"v.c{i}::{column.Type}"))} "
            + $"FROM unnest({string.Join(", ", columns.Select((_, i) => $"${i + 1}::text[]"))}) AS v ({string.Join(", ", columns.Select((_, i) => $"c{i}"))})";
        return new BatchedInserts(postgres, sql, row, columns.FindIndex(column => column.Name == "id"));
    }

    public async Task RoundAsync(TimeSpan duration, bool counts)
    {
        var started = Stopwatch.GetTimestamp();
        var until = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var all = new Latencies();
        var batches = 0L;
        foreach (var latencies in await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(until)))))
        {
            all.Add(latencies);
            batches += latencies.Count;
        }
        if (counts)
            Figures.Add(batches * RowsPerBatch, errors: 0, Stopwatch.GetElapsedTime(started), all);
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private async Task<Latencies> WriteAsync(long until)
    {
        var latencies = new Latencies();
        await using var connection = await _postgres.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(_sql, connection);
        foreach (var value in _row)
            command.Parameters.Add(new() { Value = Enumerable.Repeat(value, RowsPerBatch).ToArray() });
        for (var now = Stopwatch.GetTimestamp(); now < until;)
        {
            command.Parameters[_id].Value = Enumerable.Range(0, RowsPerBatch).Select(_ => Guid.CreateVersion7().ToString()).ToArray();
            await command.ExecuteNonQueryAsync();
            var then = Stopwatch.GetTimestamp();
            latencies.Add(then - now);
            now = then;
        }
        return latencies;
    }
}
