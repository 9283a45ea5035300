using Actors.Sessions;
using Actors.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Sessions;

/// <summary>The SQL of <c>sessions</c>.</summary>
public sealed class SessionTable(NpgsqlDataSource dataSource)
{
    private const string Find =
        """
        SELECT version, issuer, subject, client, protocol_version, client_capabilities, client_info, log_level, subscriptions, tasks,
            created_at, last_seen_at
        FROM actors.sessions WHERE tenant = $1 AND id = $2
        """;

    private const string Insert =
        """
        INSERT INTO actors.sessions (tenant, id, version, log_level, subscriptions, tasks, last_seen_at,
            issuer, subject, client, protocol_version, client_capabilities, client_info, created_at)
        VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING
        """;

    private const string Update =
        """
        UPDATE actors.sessions SET version = version + 1, log_level = $3, subscriptions = $4, tasks = $5, last_seen_at = $6
        WHERE tenant = $1 AND id = $2 AND version = $7
        """;

    private const string Delete = "DELETE FROM actors.sessions WHERE tenant = $1 AND id = $2";

    // By the primary key, in small batches: the sweep is to be felt by nobody.
    private const string Purge =
        """
        DELETE FROM actors.sessions WHERE (tenant, id) IN (
            SELECT tenant, id FROM actors.sessions WHERE last_seen_at < clock_timestamp() - $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
        """;

    /// <summary>Deletes sessions that nobody has used for that long.</summary>
    /// <returns>How many: fewer than <paramref name="limit"/> when no more are left.</returns>
    public async Task<int> PurgeAsync(TimeSpan idleFor, int limit, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Purge);
        Add(command, idleFor);
        Add(command, limit);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal async Task<StoredSession?> FindAsync(SessionKey key)
    {
        await using var command = Command(Find, key);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? new StoredSession(Read(key, reader), reader.GetInt64(0)) : null;
    }

    internal async Task<bool> InsertAsync(SessionKey key, SessionRow row)
    {
        await using var command = Command(Insert, key);
        AddChanging(command, row);
        Add(command, row.Start.Owner.Issuer);
        Add(command, row.Start.Owner.Subject);
        Add(command, row.Start.Owner.Client);
        Add(command, row.Start.ProtocolVersion);
        Add(command, row.Start.ClientCapabilities);
        Add(command, row.Start.ClientInfo, NpgsqlDbType.Bytea);
        Add(command, row.CreatedAt.UtcDateTime);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    internal async Task<bool> UpdateAsync(SessionKey key, SessionRow row, long version)
    {
        await using var command = Command(Update, key);
        AddChanging(command, row);
        Add(command, version);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    internal async Task<bool> DeleteAsync(SessionKey key)
    {
        await using var command = Command(Delete, key);
        return await command.ExecuteNonQueryAsync() == 1;
    }

    private static SessionRow Read(SessionKey key, NpgsqlDataReader reader)
    {
        var next = new Jobs.ColumnCursor(reader, firstColumn: 1);
        var start = new SessionStart
        {
            Owner = new Principal(key.Tenant, next.Text()!, next.Text()!, next.Text()!),
            ProtocolVersion = next.Text()!,
            ClientCapabilities = next.Bytes()!,
            ClientInfo = next.Bytes(),
        };
        return new SessionRow
        {
            Start = start,
            LogLevel = next.Text(),
            Subscriptions = [.. next.Texts()],
            Tasks = [.. next.Texts()],
            CreatedAt = next.Time()!.Value,
            LastSeenAt = next.Time()!.Value,
        };
    }

    private NpgsqlCommand Command(string sql, SessionKey key)
    {
        var command = dataSource.CreateCommand(sql);
        Add(command, key.Tenant);
        Add(command, key.Id);
        return command;
    }

    private static void AddChanging(NpgsqlCommand command, SessionRow row)
    {
        Add(command, row.LogLevel, NpgsqlDbType.Text);
        Add(command, row.Subscriptions.ToArray());
        Add(command, row.Tasks.ToArray());
        Add(command, row.LastSeenAt.UtcDateTime);
    }

    private static void Add(NpgsqlCommand command, object value) => command.Parameters.Add(new() { Value = value });

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
}
