using Actors.Storage.Postgres;
using Actors.Storage.Queue;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Storage.Tenants;

/// <summary>What each tenant may have: its own limits, and the options' for what it has none of.</summary>
public sealed class TenantLimitTable(NpgsqlDataSource dataSource, IOptions<QuotaOptions> options)
{
    private const string Limits =
        """
        SELECT name, weight, max_running, max_running_per_principal, max_waiting, max_waiting_per_principal, max_stored_bytes, max_ttl_seconds
        FROM actors.tenants WHERE name = ANY ($1)
        """;

    /// <exception cref="StorageUnavailableException">The database is away; trying again makes sense.</exception>
    public async Task<TenantLimits> ReadAsync(string tenant, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = dataSource.CreateCommand(Limits);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [tenant] });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return (await ReadAsync(reader, [tenant], cancellationToken))[tenant];
        }
        catch (Exception exception) when (PostgresFaults.Classify(exception) is PostgresFault.Unavailable)
        {
            // A grain's callers know this exception and not the driver's.
            throw new StorageUnavailableException("The limits of a tenant cannot be read now.", exception);
        }
    }

    /// <summary>Sets one of a tenant's limits; null: the options' default holds. Claims follow it at once, all else within <see cref="QuotaOptions.CacheFor"/>.</summary>
    public async Task SetAsync(string tenant, TenantLimit limit, long? value, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand($"UPDATE actors.tenants SET {limit.Column} = $2 WHERE name = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = value ?? (object)DBNull.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static NpgsqlBatchCommand Select(string[] tenants) =>
        new(Limits) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = tenants } } };

    internal async Task<Dictionary<string, TenantLimits>> ReadAsync(
        NpgsqlDataReader reader, IReadOnlyCollection<string> tenants, CancellationToken cancellationToken)
    {
        var defaults = Defaults(options.Value);
        var limits = tenants.ToDictionary(tenant => tenant, _ => defaults, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken)) limits[reader.GetString(0)] = Row(reader, defaults);
        return limits;
    }

    private static TenantLimits Row(NpgsqlDataReader reader, TenantLimits defaults) => new()
    {
        Weight = Integer(reader, 1) ?? defaults.Weight,
        MaxRunning = Integer(reader, 2) ?? defaults.MaxRunning,
        MaxRunningPerPrincipal = Integer(reader, 3) ?? defaults.MaxRunningPerPrincipal,
        MaxWaiting = Long(reader, 4) ?? defaults.MaxWaiting,
        MaxWaitingPerPrincipal = Long(reader, 5) ?? defaults.MaxWaitingPerPrincipal,
        MaxStoredBytes = Long(reader, 6) ?? defaults.MaxStoredBytes,
        MaxTtlSeconds = Long(reader, 7) ?? defaults.MaxTtlSeconds,
    };

    /// <summary>What a tenant has that has no limits of its own.</summary>
    public static TenantLimits Defaults(QuotaOptions options) => new()
    {
        Weight = options.Weight,
        MaxRunning = options.MaxRunning,
        MaxRunningPerPrincipal = options.MaxRunningPerPrincipal,
        MaxWaiting = options.MaxWaiting,
        MaxWaitingPerPrincipal = options.MaxWaitingPerPrincipal,
        MaxStoredBytes = options.MaxStoredBytes,
        MaxTtlSeconds = options.MaxTtlSeconds,
    };

    private static int? Integer(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    private static long? Long(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
