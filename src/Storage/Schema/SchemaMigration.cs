using Actors.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Storage.Schema;

/// <summary>
/// Brings the database to this program's schema: the numbered files not applied yet, in order, in one transaction,
/// under an advisory lock, so that any number of processes may start at once.
/// </summary>
public static partial class SchemaMigration
{
    private const long AdvisoryLock = 0x4163746F7273; // "Actors"

    private const string Prepare =
        """
        CREATE SCHEMA IF NOT EXISTS actors;
        CREATE TABLE IF NOT EXISTS actors.schema_files (
            number     integer     PRIMARY KEY,
            name       text        NOT NULL,
            checksum   text        NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        );
        -- Whether programs that do not know the file may go on: while a cluster is upgraded both work on one database.
        ALTER TABLE actors.schema_files ADD COLUMN IF NOT EXISTS additive boolean NOT NULL DEFAULT false;
        """;

    /// <returns>How many files were applied; 0 where the schema was up to date.</returns>
    /// <exception cref="SchemaException">A file that was applied has changed since, or the database is newer than this program can work with.</exception>
    public static Task<int> ApplyAsync(NpgsqlDataSource dataSource, ILogger logger, CancellationToken cancellationToken = default) =>
        ApplyAsync(dataSource, SchemaFile.ReadAll(), logger, cancellationToken);

    internal static async Task<int> ApplyAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<SchemaFile> files, ILogger logger, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLock})", cancellationToken);
        await RunAsync(connection, Prepare, cancellationToken);
        var pending = Pending(files, await ReadAppliedAsync(connection, cancellationToken));
        foreach (var file in pending)
        {
            await ApplyFileAsync(connection, file, cancellationToken);
            LogApplied(logger, file.Name);
        }

        await transaction.CommitAsync(cancellationToken);
        return pending.Count;
    }

    private static List<SchemaFile> Pending(IReadOnlyList<SchemaFile> files, Dictionary<int, AppliedFile> applied)
    {
        var known = files.Select(file => file.Number).ToHashSet();
        if (applied.Where(row => !known.Contains(row.Key) && !row.Value.IsAdditive).Select(row => row.Value.Name).FirstOrDefault() is { } newer)
            throw new SchemaException($"The database has the schema file {newer}, which this program does not know: it is too old for this database.");

        foreach (var file in files)
        {
            if (applied.TryGetValue(file.Number, out var row) && row.Checksum != file.Checksum)
                throw new SchemaException($"The schema file {file.Name} has changed since it was applied to this database as {row.Name}. Restore it, and put the change into a new file.");
        }

        return [.. files.Where(file => !applied.ContainsKey(file.Number))];
    }

    private static async Task ApplyFileAsync(NpgsqlConnection connection, SchemaFile file, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(connection, file.Sql, cancellationToken);
        }
        catch (PostgresException exception) when (PostgresFaults.Classify(exception) is not PostgresFault.Unavailable)
        {
            throw new SchemaException($"The schema file {file.Name} failed: {exception.MessageText}", exception);
        }

        await using var record = new NpgsqlCommand(
            "INSERT INTO actors.schema_files (number, name, checksum, additive) VALUES ($1, $2, $3, $4)", connection)
        {
            Parameters = { new() { Value = file.Number }, new() { Value = file.Name }, new() { Value = file.Checksum }, new() { Value = file.IsAdditive } },
        };
        await record.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Dictionary<int, AppliedFile>> ReadAppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, AppliedFile>();
        await using var command = new NpgsqlCommand("SELECT number, name, checksum, additive FROM actors.schema_files", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) applied.Add(reader.GetInt32(0), new(reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        return applied;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied the schema file {File}")]
    private static partial void LogApplied(ILogger logger, string file);
}
