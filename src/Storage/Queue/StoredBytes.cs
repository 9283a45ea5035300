using Npgsql;

namespace Actors.Storage.Queue;

/// <summary>
/// How much a tenant has stored with its jobs: what they were called with, what they saved, asked, reported and returned. In a large table a
/// tenant's many rows are not all looked at: a sample of the table's pages stands for them.
/// </summary>
public sealed class StoredBytes(NpgsqlDataSource dataSource)
{
    /// <summary>Pages of a table that are looked at all the same; of a larger one as many are drawn.</summary>
    public const int SamplePages = 2000;

    /// <summary>Rows of a tenant up to which they are all looked at, however large the table is: a sample would say little of so few.</summary>
    public const int ExactRows = 50_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // The length of a value kept out of line is in its row: nothing is fetched for it.
    private static readonly (string Table, string Bytes)[] Parts =
    [
        (
            "actors.jobs",
            """
            octet_length(params)::bigint + coalesce(octet_length(checkpoint), 0) + coalesce(octet_length(exchanges), 0)
            + coalesce(octet_length(options), 0) + coalesce(octet_length(attempts), 0) + coalesce(octet_length(result), 0)
            """),
        ("actors.results", "size"),
        ("actors.steps", "octet_length(result)::bigint"),
        ("actors.journal", "coalesce(octet_length(text), 0)::bigint + coalesce(octet_length(data), 0)"),
    ];

    public async Task<long> OfAsync(string tenant, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var bytes = 0L;
        foreach (var (table, expression) in Parts) bytes += await OfAsync(connection, tenant, table, expression, cancellationToken);
        return bytes;
    }

    private static async Task<long> OfAsync(
        NpgsqlConnection connection, string tenant, string table, string expression, CancellationToken cancellationToken)
    {
        var pages = await PagesAsync(connection, table, cancellationToken);
        if (pages > SamplePages)
        {
            var part = (double)SamplePages / pages;
            var (sampled, bytes) = await SumAsync(connection, tenant, $"{table} TABLESAMPLE SYSTEM ($2)", expression, part * 100, cancellationToken);
            if (sampled / part > ExactRows) return (long)(bytes / part);
        }

        return (await SumAsync(connection, tenant, table, expression, null, cancellationToken)).Bytes;
    }

    private static async Task<long> PagesAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_relation_size('{table}') / current_setting('block_size')::bigint", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<(long Rows, long Bytes)> SumAsync(
        NpgsqlConnection connection, string tenant, string from, string expression, double? percent, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*), coalesce(sum({expression}), 0)::bigint FROM {from} WHERE tenant = $1", connection);
        command.CommandTimeout = (int)Patience.TotalSeconds;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        if (percent is { } part) command.Parameters.Add(new NpgsqlParameter<float> { TypedValue = (float)part });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
