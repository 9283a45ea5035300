using System.Security.Cryptography;
using Actors.Jobs;
using Actors.Storage.Postgres;
using Actors.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Results;

/// <summary>
/// Results in chunks. They are written before the attempt's end is: what an attempt leaves here that did not end its job is never shown, and
/// goes with the job. A chunk is written only while its attempt is the job's, so that none comes after the job was discarded.
/// </summary>
public sealed class ResultStore(NpgsqlDataSource dataSource)
{
    public const int ChunkBytes = 256 * 1024;

    // One after the other in a tenant, or two of them could each find the last room.
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended('actors.results/' || $1, 0))";

    private const string Begin =
        """
        WITH current AS MATERIALIZED (
            SELECT FROM actors.jobs WHERE tenant = $1 AND id = $2 AND attempt = $3 AND status < 3 FOR KEY SHARE
        ), used AS MATERIALIZED (
            SELECT coalesce(sum(size), 0)::bigint AS bytes FROM actors.results WHERE tenant = $1 AND (job_id, attempt) <> ($2, $3)
        ), written AS (
            INSERT INTO actors.results (tenant, job_id, attempt, size, chunk_bytes, sha256)
            SELECT $1, $2, $3, $4, $5, $6 FROM current, used WHERE $7::bigint IS NULL OR used.bytes + $4 <= $7
            ON CONFLICT (tenant, job_id, attempt) DO UPDATE SET size = excluded.size, sha256 = excluded.sha256
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM current), EXISTS (SELECT FROM written), bytes FROM used
        """;

    private const string Append =
        """
        WITH current AS MATERIALIZED (
            SELECT FROM actors.jobs WHERE tenant = $1 AND id = $2 AND attempt = $3 AND status < 3 FOR KEY SHARE
        )
        INSERT INTO actors.result_chunks (tenant, job_id, attempt, n, data) SELECT $1, $2, $3, $4, $5 FROM current
        ON CONFLICT (tenant, job_id, attempt, n) DO UPDATE SET data = excluded.data
        """;

    private const string Find =
        """
        SELECT r.attempt, r.size, r.chunk_bytes, r.sha256 FROM actors.jobs j
        JOIN actors.results r ON r.tenant = j.tenant AND r.job_id = j.id AND r.attempt = j.attempt
        WHERE j.tenant = $1 AND j.id = $2 AND j.issuer = $3 AND j.subject = $4 AND j.status = 3
        """;

    private const string Read =
        """
        SELECT c.data FROM actors.jobs j
        JOIN actors.result_chunks c ON c.tenant = j.tenant AND c.job_id = j.id AND c.attempt = j.attempt
        WHERE j.tenant = $1 AND j.id = $2 AND j.issuer = $3 AND j.subject = $4 AND j.status = 3 AND c.n BETWEEN $5 AND $6
        ORDER BY c.n
        """;

    /// <summary>Stores a result, in as many transactions as it has chunks. It may be tried again from the beginning.</summary>
    /// <param name="job">Whose result it is, if its attempt ends the job.</param>
    /// <param name="attempt">The attempt that returned it.</param>
    /// <param name="result">UTF-8 JSON of the CallToolResult.</param>
    /// <param name="maxStoredBytes">How many bytes the tenant's results in chunks may have together; null: no limit.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="StorageUnavailableException">The database is away.</exception>
    public async Task<ResultStoring> StoreAsync(
        JobKey job, int attempt, ReadOnlyMemory<byte> result, long? maxStoredBytes, CancellationToken cancellationToken = default)
    {
        var id = Guid.ParseExact(job.Id, "N");
        try
        {
            var (isCurrent, isWritten, used) = await BeginAsync(job.Tenant, id, attempt, result, maxStoredBytes, cancellationToken);
            if (!isCurrent) return ResultStoring.NotCurrent;
            if (!isWritten) return ResultStoring.OverQuota(used);

            for (var n = 0; (long)n * ChunkBytes < result.Length; n++)
            {
                var chunk = result.Slice(n * ChunkBytes, Math.Min(ChunkBytes, result.Length - (n * ChunkBytes)));
                await using var append = dataSource.CreateCommand(Append);
                Add(append.Parameters, [(NpgsqlDbType.Text, job.Tenant), (NpgsqlDbType.Uuid, id), (NpgsqlDbType.Integer, attempt), (NpgsqlDbType.Integer, n), (NpgsqlDbType.Bytea, chunk)]);
                if (await append.ExecuteNonQueryAsync(cancellationToken) == 0) return ResultStoring.NotCurrent;
            }

            return ResultStoring.Stored;
        }
        catch (Exception exception) when (PostgresFaults.Classify(exception) is PostgresFault.Unavailable)
        {
            throw new StorageUnavailableException("A result cannot be stored now.", exception);
        }
    }

    /// <summary>What is stored of the result of a job that has completed; null where there are no chunks, or the caller may not see the job.</summary>
    public async Task<ResultHead?> FindAsync(Principal caller, string jobId, CancellationToken cancellationToken = default)
    {
        if (!Guid.TryParseExact(jobId, "N", out var id)) return null;
        await using var command = dataSource.CreateCommand(Find);
        Add(command.Parameters, Of(caller, id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ResultHead(reader.GetInt32(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3))
            : null;
    }

    /// <summary>Bytes of a result that <see cref="FindAsync"/> found; fewer where it ends, or where the job was discarded meanwhile.</summary>
    public async Task<byte[]> ReadAsync(
        Principal caller, string jobId, ResultHead head, long offset, int length, CancellationToken cancellationToken = default)
    {
        var end = Math.Min(offset + length, head.Size);
        if (offset >= end) return [];
        var first = offset / head.ChunkBytes;
        await using var command = dataSource.CreateCommand(Read);
        Add(command.Parameters, [.. Of(caller, Guid.ParseExact(jobId, "N")), (NpgsqlDbType.Integer, (int)first), (NpgsqlDbType.Integer, (int)((end - 1) / head.ChunkBytes))]);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var bytes = new byte[end - offset];
        var (skip, filled) = ((int)(offset - (first * head.ChunkBytes)), 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            var part = reader.GetFieldValue<byte[]>(0).AsSpan(skip);
            part = part[..Math.Min(part.Length, bytes.Length - filled)];
            part.CopyTo(bytes.AsSpan(filled));
            filled += part.Length;
            skip = 0;
        }

        return bytes[..filled];
    }

    private async Task<(bool IsCurrent, bool IsWritten, long UsedBytes)> BeginAsync(
        string tenant, Guid id, int attempt, ReadOnlyMemory<byte> result, long? maxStoredBytes, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        var locking = new NpgsqlBatchCommand(Lock);
        Add(locking.Parameters, [(NpgsqlDbType.Text, tenant)]);
        var beginning = new NpgsqlBatchCommand(Begin);
        Add(beginning.Parameters,
        [
            (NpgsqlDbType.Text, tenant), (NpgsqlDbType.Uuid, id), (NpgsqlDbType.Integer, attempt), (NpgsqlDbType.Bigint, (long)result.Length),
            (NpgsqlDbType.Integer, ChunkBytes), (NpgsqlDbType.Bytea, SHA256.HashData(result.Span)), (NpgsqlDbType.Bigint, maxStoredBytes),
        ]);
        batch.BatchCommands.Add(locking);
        batch.BatchCommands.Add(beginning);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetInt64(2));
    }

    private static (NpgsqlDbType, object?)[] Of(Principal caller, Guid id) =>
        [(NpgsqlDbType.Text, caller.Tenant), (NpgsqlDbType.Uuid, id), (NpgsqlDbType.Text, caller.Issuer), (NpgsqlDbType.Text, caller.Subject)];

    private static void Add(NpgsqlParameterCollection parameters, (NpgsqlDbType Type, object? Value)[] values)
    {
        foreach (var (type, value) in values) parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
    }
}
