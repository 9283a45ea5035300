using Actors.Jobs;
using Actors.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Retention;

/// <summary>Jobs that stay though they have expired: pinned by their owner, or held by an operator. Each call is one transaction.</summary>
public sealed class JobPins(NpgsqlDataSource dataSource)
{
    private const short ByOwner = 0;
    private const short ByOperator = 1;

    // $3 and $4 are null for an operator. The lock comes first: a job that is being discarded is gone, or is kept.
    private const string Job = "actors.jobs WHERE tenant = $1 AND id = $2 AND ($3::text IS NULL OR (issuer = $3 AND subject = $4))";

    private const string Lock = $"SELECT 1 FROM {Job} FOR UPDATE";

    private const string Insert =
        $"""
        INSERT INTO actors.pins (tenant, job_id, kind, reason)
        SELECT $1, $2, $5, $6 FROM {Job}
          AND ($7::bigint IS NULL OR $7 > (SELECT count(*) FROM (
                SELECT FROM actors.pins WHERE tenant = $1 AND kind = $5 AND job_id <> $2 LIMIT $7) others))
        ON CONFLICT (tenant, job_id, kind) DO UPDATE SET reason = excluded.reason
        """;

    private const string Delete = $"DELETE FROM actors.pins WHERE tenant = $1 AND job_id = $2 AND kind = $5 AND EXISTS (SELECT FROM {Job})";

    private const string Update =
        """
        UPDATE actors.jobs j SET pinned = NOT pinned
        WHERE tenant = $1 AND id = $2 AND pinned <> EXISTS (SELECT FROM actors.pins p WHERE p.tenant = j.tenant AND p.job_id = j.id)
        """;

    private const string Read =
        $"""
        SELECT expires_at,
               EXISTS (SELECT FROM actors.pins WHERE tenant = $1 AND job_id = $2 AND kind = 0),
               EXISTS (SELECT FROM actors.pins WHERE tenant = $1 AND job_id = $2 AND kind = 1)
        FROM {Job}
        """;

    /// <summary>Pins a job of the caller's, or gives its pin another reason.</summary>
    /// <param name="caller">Whose job it must be.</param>
    /// <param name="jobId">The handle.</param>
    /// <param name="reason">Why.</param>
    /// <param name="maxPinned">How many jobs of the tenant may be pinned; where there are as many, the job is left as it is.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>How the job stands; null: no such job for this caller.</returns>
    public Task<JobPin?> PinAsync(Principal caller, string jobId, string reason, int maxPinned, CancellationToken cancellationToken = default) =>
        ChangeAsync(Insert, caller.Tenant, jobId, caller, ByOwner, reason, maxPinned, cancellationToken);

    /// <returns>How the job stands; null: no such job for this caller.</returns>
    public Task<JobPin?> UnpinAsync(Principal caller, string jobId, CancellationToken cancellationToken = default) =>
        ChangeAsync(Delete, caller.Tenant, jobId, caller, ByOwner, null, null, cancellationToken);

    /// <summary>For an operator: whoever's job it is, it stays until <see cref="ReleaseAsync"/>.</summary>
    /// <returns>How the job stands; null: no such job.</returns>
    public Task<JobPin?> HoldAsync(string tenant, string jobId, string? reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(Insert, tenant, jobId, null, ByOperator, reason, null, cancellationToken);

    /// <returns>How the job stands; null: no such job.</returns>
    public Task<JobPin?> ReleaseAsync(string tenant, string jobId, CancellationToken cancellationToken = default) =>
        ChangeAsync(Delete, tenant, jobId, null, ByOperator, null, null, cancellationToken);

    private async Task<JobPin?> ChangeAsync(
        string change, string tenant, string jobId, Principal? caller, short kind, string? reason, long? most, CancellationToken cancellationToken)
    {
        if (!JobKey.IsHandle(jobId)) return null;
        (NpgsqlDbType, object?)[] job =
            [(NpgsqlDbType.Text, tenant), (NpgsqlDbType.Uuid, Guid.ParseExact(jobId, "N")), (NpgsqlDbType.Text, caller?.Issuer), (NpgsqlDbType.Text, caller?.Subject)];
        await using var batch = dataSource.CreateBatch();
        Add(batch, Lock, job);
        Add(batch, change, change == Insert
            ? [.. job, (NpgsqlDbType.Smallint, kind), (NpgsqlDbType.Text, reason), (NpgsqlDbType.Bigint, most)]
            : [.. job, (NpgsqlDbType.Smallint, kind)]);
        Add(batch, Update, job[..2]);
        Add(batch, Read, job);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        // The lock has rows, the changes have none.
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new JobPin(
                reader.GetBoolean(1), reader.GetBoolean(2), await reader.IsDBNullAsync(0, cancellationToken) ? null : new DateTimeOffset(reader.GetDateTime(0)))
            : null;
    }

    private static void Add(NpgsqlBatch batch, string sql, (NpgsqlDbType Type, object? Value)[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (type, value) in values) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }
}
