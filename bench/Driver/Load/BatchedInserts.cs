using System.Diagnostics;
using Npgsql;

namespace Actors.Bench.Driver.Load;

/// <summary>
/// What Postgres can do at most: rows as the server wrote one, in a table with the same columns, indexes and checks, one statement
/// and one commit for each hundred.
/// </summary>
internal sealed class BatchedInserts : IAsyncDisposable
{
    public const int RowsPerBatch = 100;
    private const string Table = "bench_batched";
    private const int Writers = 4;

    private readonly NpgsqlDataSource _postgres;
    private readonly SampleRow _row;

    private BatchedInserts(NpgsqlDataSource postgres, SampleRow row) => (_postgres, _row) = (postgres, row);

    public static async Task<BatchedInserts> OfAsync(string connectionString, SampleRow row)
    {
        var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 });
        await using var table = postgres.CreateCommand($"CREATE TABLE {Table} (LIKE actors.jobs INCLUDING ALL)");
        await table.ExecuteNonQueryAsync();
        return new BatchedInserts(postgres, row);
    }

    public async Task<Round> RunAsync(TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var until = started + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var all = new Latencies();
        foreach (var latencies in await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(until)))))
            all.Add(latencies);
        return new Round(all.Count * RowsPerBatch, Stopwatch.GetElapsedTime(started), all);
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private async Task<Latencies> WriteAsync(long until)
    {
        var sql = $"INSERT INTO {Table} ({_row.Names}) "
            + $"SELECT {string.Join(", ", _row.Columns.Select((column, i) => $"v.c{i}::{column.Type}"))} "
            + $"FROM unnest({string.Join(", ", _row.Columns.Select((_, i) => $"${i + 1}::text[]"))}) AS v ({string.Join(", ", _row.Columns.Select((_, i) => $"c{i}"))})";
        var latencies = new Latencies();
        await using var connection = await _postgres.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in _row.Values)
            command.Parameters.Add(new() { Value = Enumerable.Repeat(value, RowsPerBatch).ToArray() });
        for (var now = Stopwatch.GetTimestamp(); now < until;)
        {
            command.Parameters[_row.Id].Value = Enumerable.Range(0, RowsPerBatch).Select(_ => Guid.CreateVersion7().ToString()).ToArray();
            await command.ExecuteNonQueryAsync();
            var then = Stopwatch.GetTimestamp();
            latencies.Add(then - now);
            now = then;
        }

        return latencies;
    }
}
