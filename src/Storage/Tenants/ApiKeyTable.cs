using Actors.Tenants;
using Npgsql;

namespace Actors.Storage.Tenants;

/// <summary>The SQL of <c>api_keys</c>.</summary>
internal sealed class ApiKeyTable(NpgsqlDataSource dataSource)
{
    public async Task InsertAsync(string id, string tenant, string subject, string? label, byte[] secretHash, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "INSERT INTO actors.api_keys (id, tenant, subject, label, secret_hash) VALUES ($1, $2, $3, $4, $5)",
            id, tenant, subject, (object?)label ?? DBNull.Value, secretHash);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Null: no such key, or it is revoked.</summary>
    public async Task<StoredKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = Command("SELECT tenant, subject, secret_hash FROM actors.api_keys WHERE id = $1 AND revoked_at IS NULL", id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new StoredKey(new Principal(reader.GetString(0), ApiKeys.Issuer, reader.GetString(1), id), reader.GetFieldValue<byte[]>(2))
            : null;
    }

    public async Task<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "UPDATE actors.api_keys SET revoked_at = now() WHERE tenant = $1 AND id = $2 AND revoked_at IS NULL", tenant, id);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task<IReadOnlyList<ApiKeyEntry>> ListAsync(string tenant, int limit, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "SELECT id, subject, label, created_at, revoked_at FROM actors.api_keys WHERE tenant = $1 ORDER BY created_at, id LIMIT $2", tenant, limit);
        var keys = new List<ApiKeyEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var next = new Jobs.ColumnCursor(reader);
            keys.Add(new ApiKeyEntry(next.Text()!, next.Text()!, next.Text(), next.Time()!.Value, next.Time()));
        }

        return keys;
    }

    private NpgsqlCommand Command(string sql, params object[] values)
    {
        var command = dataSource.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
