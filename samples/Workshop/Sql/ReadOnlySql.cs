using Microsoft.Extensions.Options;
using ModelContextProtocol;
using Npgsql;

namespace Actors.Workshop.Sql;

/// <summary>
/// Runs a query that a caller wrote, and leaves it to Postgres to keep it harmless: it runs as the tenant's reader, in a read-only
/// transaction that is rolled back, and as the query of a cursor, which Postgres accepts for one SELECT, VALUES or TABLE and nothing else.
/// The cursor is also what stops after a number of rows. Nothing here reads or rewrites the query.
/// </summary>
internal sealed class ReadOnlySql(Readers readers, IOptions<WorkshopOptions> options)
{
    private const string Declare = "DECLARE result NO SCROLL CURSOR FOR ";

    private readonly WorkshopOptions _options = options.Value;

    public async Task<QueryResult> RunAsync(string tenant, string query, CancellationToken cancellationToken)
    {
        await using var connection = await readers.OpenAsync(tenant, cancellationToken);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await DeclareAsync(connection, query, cancellationToken);
            await using var fetch = new NpgsqlCommand($"FETCH {_options.MaxRows + 1} FROM result", connection) { AllResultTypesAreUnknown = true };
            await using var reader = await fetch.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancellationToken);
            return await ReadAsync(reader, cancellationToken);
        }
        catch (PostgresException e)
        {
            throw new McpException(Explain(e), e);
        }
    }

    // Each command of a batch goes as it is, in the extended protocol, where Postgres accepts a single statement only.
    private static async Task DeclareAsync(NpgsqlConnection connection, string query, CancellationToken cancellationToken)
    {
        await using var declare = new NpgsqlBatch(connection)
        {
            BatchCommands = { new("SET TRANSACTION READ ONLY"), new(Declare + query.TrimEnd(' ', '\t', '\r', '\n', ';')) },
        };
        await declare.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<QueryResult> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var columns = Enumerable.Range(0, reader.FieldCount).Select(i => new Column(reader.GetName(i), reader.GetDataTypeName(i))).ToArray();
        var rows = new List<object?[]>();
        var room = _options.MaxResultChars;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == _options.MaxRows)
                return new QueryResult(columns, rows, $"Only the first {_options.MaxRows} rows are here. Aggregate, filter, or page with LIMIT and OFFSET.");
            if (await RowAsync(reader, columns.Length, room, cancellationToken) is not { } row)
                return new QueryResult(columns, rows, $"The values together have more than {_options.MaxResultChars} characters. Select fewer or shorter columns.");
            room -= row.Sum(value => value?.Length ?? 0);
            rows.Add(row);
        }
        return new QueryResult(columns, rows, null);
    }

    /// <summary>Null where the row does not fit; no more of it than that is ever held in memory.</summary>
    private static async Task<string?[]?> RowAsync(NpgsqlDataReader reader, int columns, int room, CancellationToken cancellationToken)
    {
        var row = new string?[columns];
        var buffer = new char[4096];
        for (var i = 0; i < columns; i++)
        {
            if (await reader.IsDBNullAsync(i, cancellationToken))
                continue;
            using var text = await reader.GetTextReaderAsync(i, cancellationToken);
            var value = new System.Text.StringBuilder();
            for (int read; (read = await text.ReadAsync(buffer, cancellationToken)) > 0; room -= read)
            {
                if (read > room)
                    return null;
                value.Append(buffer, 0, read);
            }
            row[i] = value.ToString();
        }
        return row;
    }

    private string Explain(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.QueryCanceled =>
            $"The query took longer than {_options.StatementTimeoutMs} ms and was stopped. Filter earlier, aggregate less, or ask for fewer rows.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"Postgres refuses: {e.MessageText}. Queries may read the schema workshop only; list_tables names its tables.",
        PostgresErrorCodes.UndefinedTable => $"Postgres says: {e.MessageText}. list_tables names the tables there are.",
        PostgresErrorCodes.UndefinedColumn => $"Postgres says: {e.MessageText}. describe_table names the columns of a table.",
        _ => $"Postgres says: {e.MessageText}{Place(e)}. The query must be one SELECT, VALUES, TABLE or WITH … SELECT, which only reads.",
    };

    private static string Place(PostgresException e) => e.Position > Declare.Length ? $" (at character {e.Position - Declare.Length})" : "";
}
