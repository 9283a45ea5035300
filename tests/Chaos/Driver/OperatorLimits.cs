using Actors.Chaos.Checker.Records;
using Npgsql;

namespace Actors.Chaos.Driver;

/// <summary>What an operator allows two of the tenants while a run lasts. The third has the defaults.</summary>
internal sealed class OperatorLimits(RecordWriter record, string connectionString)
{
    /// <summary>A process may go on for that long with what it has read of a tenant's limits (Actors:Quotas:CacheFor).</summary>
    private const double CacheMs = 2_000;

    private const string Clock = "(extract(epoch FROM clock_timestamp()) * 1000)::float8";

    private static readonly (string Tenant, int? Running, int? OfPrincipal, int? Waiting)[] Allowed = [("green", null, 6, 12), ("red", 14, null, null)];

    private readonly List<LimitRecord> _set = [];

    public async Task SetAsync(CancellationToken cancellationToken)
    {
        await using var database = Open();
        foreach (var (tenant, running, ofPrincipal, waiting) in Allowed)
        {
            var now = await SetAsync(database, tenant, running, ofPrincipal, waiting, cancellationToken);
            _set.Add(new LimitRecord
            {
                Tenant = tenant, MaxRunning = running, MaxRunningPerPrincipal = ofPrincipal, MaxWaitingPerPrincipal = waiting, FromMs = now + CacheMs, ToMs = now,
            });
        }
    }

    /// <summary>The clients have gone: what waits need not wait any longer.</summary>
    public async Task LiftAsync(CancellationToken cancellationToken)
    {
        await using var database = Open();
        await using var clock = database.CreateCommand($"SELECT {Clock}");
        var until = (double)(await clock.ExecuteScalarAsync(cancellationToken))!;
        foreach (var limit in _set)
        {
            await SetAsync(database, limit.Tenant, null, null, null, cancellationToken);
            record.Add(limit with { ToMs = until });
        }
    }

    private static async Task<double> SetAsync(
        NpgsqlDataSource database, string tenant, int? running, int? ofPrincipal, int? waiting, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"UPDATE actors.tenants SET max_running = $2, max_running_per_principal = $3, max_waiting_per_principal = $4 WHERE name = $1 RETURNING {Clock}");
        command.Parameters.Add(new() { Value = tenant });
        foreach (var value in (int?[])[running, ofPrincipal, waiting])
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer, Value = value ?? (object)DBNull.Value });
        return (double)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private NpgsqlDataSource Open() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
}
