using Npgsql;

namespace Actors.Storage.Tenants;

/// <summary>Which tenants there are.</summary>
public sealed class TenantDirectory(NpgsqlDataSource dataSource)
{
    /// <summary>Creates a tenant, or leaves the one of that name as it is.</summary>
    /// <param name="name">1 to 64 of <c>[a-z0-9-]</c>.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public async Task<bool> CreateAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!IsName(name)) throw new ArgumentException("A tenant's name is 1 to 64 of a-z, 0-9 and the hyphen.", nameof(name));

        await using var command = dataSource.CreateCommand("INSERT INTO actors.tenants (name) VALUES ($1) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!IsName(name)) return false;

        await using var command = dataSource.CreateCommand("SELECT EXISTS (SELECT FROM actors.tenants WHERE name = $1)");
        command.Parameters.Add(new() { Value = name });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static bool IsName(string name) =>
        name.Length is >= 1 and <= 64 && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
