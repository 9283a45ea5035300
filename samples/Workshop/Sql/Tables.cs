using ModelContextProtocol;
using Npgsql;

namespace Actors.Workshop.Sql;

/// <summary>The tables that queries may read, and the queries that were kept, seen with the eyes of the tenant's reader.</summary>
internal sealed class Tables(Readers readers)
{
    // The count is exact: the tables are small. query_to_xml runs a query whose table is known only here.
    private const string ListSql = """
        SELECT c.relname, obj_description(c.oid),
               (xpath('/table/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM workshop.%I', c.relname), false, false, '')))[1]::text::bigint
        FROM pg_class AS c
        WHERE c.relnamespace = 'workshop'::regnamespace AND c.relkind IN ('r', 'v')
        ORDER BY c.relname
        """;

    private const string DescribeSql = """
        SELECT obj_description(c.oid), a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
               EXISTS (SELECT FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)),
               (SELECT f.relname || '.' || t.attname
                FROM pg_constraint AS k
                JOIN pg_class AS f ON f.oid = k.confrelid
                JOIN pg_attribute AS t ON t.attrelid = f.oid AND t.attnum = k.confkey[1]
                WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
                LIMIT 1),
               col_description(c.oid, a.attnum)
        FROM pg_class AS c
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'workshop'::regnamespace AND c.relkind IN ('r', 'v') AND c.relname = $1
        ORDER BY a.attnum
        """;

    public async Task<TableList> ListAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var connection = await readers.OpenAsync(tenant, cancellationToken);
        await using var command = new NpgsqlCommand(ListSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<TableSummary>();
        while (await reader.ReadAsync(cancellationToken))
            tables.Add(new TableSummary(reader.GetString(0), Text(reader, 1), reader.GetInt64(2)));
        return new TableList(tables);
    }

    /// <exception cref="McpException">There is no such table.</exception>
    public async Task<TableDescription> DescribeAsync(string tenant, string name, CancellationToken cancellationToken)
    {
        const string Prefix = "workshop.";
        var table = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        await using var connection = await readers.OpenAsync(tenant, cancellationToken);
        await using var command = new NpgsqlCommand(DescribeSql, connection) { Parameters = { new() { Value = table } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        string? comment = null;
        var columns = new List<ColumnDescription>();
        while (await reader.ReadAsync(cancellationToken))
        {
            comment = Text(reader, 0);
            columns.Add(new ColumnDescription(
                reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4), Text(reader, 5), Text(reader, 6)));
        }
        return columns.Count > 0
            ? new TableDescription(table, comment, columns)
            : throw new McpException($"There is no table '{name}'. list_tables names those there are.");
    }

    public async Task<IReadOnlyList<SavedQuery>> SavedQueriesAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var connection = await readers.OpenAsync(tenant, cancellationToken);
        await using var command = new NpgsqlCommand("SELECT name, title, query FROM workshop.saved_queries ORDER BY name", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var saved = new List<SavedQuery>();
        while (await reader.ReadAsync(cancellationToken))
            saved.Add(new SavedQuery(reader.GetString(0), reader.GetString(1), reader.GetString(2).Trim()));
        return saved;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
