using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using Npgsql;

namespace Actors.Workshop.Sql;

/// <summary>
/// The Postgres users that callers' queries run as. Each tenant has one, a login of its own: a session that had only switched to
/// a lesser role could switch back, and two tenants with one user could read each other's queries in pg_stat_activity and
/// end them. It may read the schema <c>workshop</c> and nothing else.
/// </summary>
internal sealed class Readers(NpgsqlDataSource postgres, SampleData sample, IOptions<WorkshopOptions> options) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<NpgsqlDataSource>>> _tenants = new(StringComparer.Ordinal);

    /// <summary>A new session of a tenant's reader. Sessions are not shared: nothing that a query leaves behind meets the next.</summary>
    /// <exception cref="McpException">The tenant's queries already take all the sessions it may have, or it cannot have a reader.</exception>
    public async Task<NpgsqlConnection> OpenAsync(string tenant, CancellationToken cancellationToken)
    {
        var reader = _tenants.GetOrAdd(tenant, name => new(() => CreateAsync(name)));
        try
        {
            var sessions = await reader.Value.WaitAsync(cancellationToken);
            return await sessions.OpenConnectionAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            throw new McpException($"{options.Value.MaxQueriesPerTenant} queries are running already, as many as may. Try again when one has ended.");
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            _tenants.TryRemove(new(tenant, reader));
            throw new McpException("SQL is not available here: the server's database user may not create the restricted user that queries run as. "
                + "Its operator has to give it CREATEROLE.", e);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Made anew by the next call: the database may have been away.
            _tenants.TryRemove(new(tenant, reader));
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _tenants.Values.Where(reader => reader.Value.IsCompletedSuccessfully))
            await (await reader.Value).DisposeAsync();
    }

    private async Task<NpgsqlDataSource> CreateAsync(string tenant)
    {
        await sample.EnsureAsync(CancellationToken.None);
        await using var connection = await postgres.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var gate = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = SampleData.AdvisoryLock } } };
        await gate.ExecuteNonQueryAsync();
        var role = await NameAsync(connection, tenant);
        var password = await PasswordAsync(connection, role);
        await GrantAsync(connection, role, password);
        await transaction.CommitAsync();
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString)
        {
            Username = role, Password = password, Pooling = false, ApplicationName = "actors-workshop",
            // Longer than Postgres's own limit, which is the one that ends a query.
            CommandTimeout = options.Value.StatementTimeoutMs / 1000 + 10,
        });
    }

    // Roles belong to the whole server, so the name says the database too.
    private static async Task<string> NameAsync(NpgsqlConnection connection, string tenant)
    {
        await using var command = new NpgsqlCommand("SELECT oid::text FROM pg_database WHERE datname = current_database()", connection);
        var database = (string)(await command.ExecuteScalarAsync())!;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant)));
        return $"workshop_reader_{database}_{hash[..16]}";
    }

    private static async Task<string> PasswordAsync(NpgsqlConnection connection, string role)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO workshop_private.readers (role, password) VALUES ($1, $2)
            ON CONFLICT (role) DO UPDATE SET password = readers.password
            RETURNING password
            """, connection)
        {
            Parameters = { new() { Value = role }, new() { Value = RandomNumberGenerator.GetHexString(64, lowercase: true) } },
        };
        return (string)(await command.ExecuteScalarAsync())!;
    }

    // DDL takes no parameters: the name and the password hold only digits, lower-case letters and underscores.
    private async Task GrantAsync(NpgsqlConnection connection, string role, string password)
    {
        await using var exists = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", connection) { Parameters = { new() { Value = role } } };
        var verb = await exists.ExecuteScalarAsync() is true ? "ALTER" : "CREATE";
        await using var command = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture,
            $"""
            {verb} ROLE {role} LOGIN NOINHERIT NOCREATEDB NOCREATEROLE CONNECTION LIMIT {options.Value.MaxQueriesPerTenant} PASSWORD '{password}';
            ALTER ROLE {role} SET default_transaction_read_only = on;
            ALTER ROLE {role} SET statement_timeout = {options.Value.StatementTimeoutMs};
            ALTER ROLE {role} SET search_path = workshop;
            GRANT USAGE ON SCHEMA workshop TO {role};
            GRANT SELECT ON ALL TABLES IN SCHEMA workshop TO {role};
            """), connection);
        await command.ExecuteNonQueryAsync();
    }
}
