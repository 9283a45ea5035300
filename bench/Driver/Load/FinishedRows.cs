using Npgsql;

namespace Actors.Bench.Driver.Load;

/// <summary>Fills the table with copies of a job that ended, of the same owner.</summary>
internal sealed class FinishedRows(string connectionString) : IAsyncDisposable
{
    // For the rows to be there soon: no trigger looks at them, and no commit of theirs waits for the disk. A checkpoint follows.
    private readonly NpgsqlDataSource _postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        CommandTimeout = 0,
        Options = "-c session_replication_role=replica -c synchronous_commit=off",
    });

    public Task<long> CountAsync() => ScalarAsync("SELECT count(*) FROM actors.jobs WHERE status >= 3");

    public Task<long> CountExpiredAsync() => ScalarAsync("SELECT count(*) FROM actors.jobs WHERE status >= 3 AND expires_at <= now()");

    /// <summary>Adds rows until there are so many, over a connection for each processor, and brings the planner's figures up to date.</summary>
    public async Task FillAsync(long count, string expiresAt, int journalEntries)
    {
        var there = await CountAsync();
        var columns = await ColumnsAsync();
        var share = Math.Max(count - there, 0) / Environment.ProcessorCount;
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(async part => await InsertAsync(
            columns, there + (part * share) + 1, part == Environment.ProcessorCount - 1 ? count : there + ((part + 1) * share), expiresAt, journalEntries)));
        await ExecuteAsync("VACUUM ANALYZE actors.jobs, actors.journal");
        await ExecuteAsync("CHECKPOINT");
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    private async Task<List<string>> ColumnsAsync()
    {
        await using var command = _postgres.CreateCommand(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'actors.jobs'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum");
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync())
            columns.Add(reader.GetString(0));
        return columns;
    }

    private async Task InsertAsync(IReadOnlyList<string> columns, long first, long last, string expiresAt, int journalEntries)
    {
        var values = columns.Select(column => column switch
        {
            // In the order of their creation, as the product's are.
            "id" => "(substr(milliseconds, 1, 8) || '-' || substr(milliseconds, 9) || substr(gen_random_uuid()::text, 14))::uuid",
            "created_at" => "created_at - n * interval '1 second'",
            "expires_at" => expiresAt,
            _ => column,
        });
        var copies =
            $"""
            INSERT INTO actors.jobs ({string.Join(", ", columns)})
            SELECT {string.Join(", ", values)} FROM (SELECT * FROM actors.jobs WHERE status = 3 LIMIT 1) ended, generate_series({first}, {last}) n,
                 lpad(to_hex((extract(epoch FROM created_at - n * interval '1 second') * 1000)::bigint), 12, '0') milliseconds
            """;
        await ExecuteAsync(journalEntries == 0
            ? copies
            : $"""
            WITH copies AS ({copies} RETURNING tenant, id)
            INSERT INTO actors.journal (tenant, job_id, at, kind, text)
            SELECT tenant, id, now(), 2, 'step ' || n FROM copies, generate_series(1, {journalEntries}) n
            """);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _postgres.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = _postgres.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
