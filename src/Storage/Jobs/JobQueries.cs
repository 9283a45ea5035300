using Actors.Jobs;
using Actors.Storage.Leases;
using Actors.Tenants;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Jobs;

/// <summary>What is asked of all jobs at once: lists, recovery. No grain is activated for it.</summary>
public sealed class JobQueries(NpgsqlDataSource dataSource, IOptions<StorageOptions> options)
{
    /// <summary>The most jobs on one page of a list.</summary>
    public const int MaxPageSize = 200;

    /// <summary>Walks the owners that active jobs have, a few, instead of the jobs, which may be many.</summary>
    internal const string Owners =
        """
        owner AS (
            (SELECT silo, epoch FROM actors.jobs WHERE silo IS NOT NULL AND status < 3 ORDER BY silo, epoch LIMIT 1)
            UNION ALL
            SELECT following.silo, following.epoch FROM owner, LATERAL (
                SELECT silo, epoch FROM actors.jobs
                WHERE silo IS NOT NULL AND status < 3 AND (silo, epoch) > (owner.silo, owner.epoch) ORDER BY silo, epoch LIMIT 1) following
        )
        """;

    private const string Orphans =
        $"""
        WITH RECURSIVE {Owners}, gone AS (
            SELECT silo, epoch FROM owner WHERE NOT EXISTS (
                SELECT FROM actors.silos s
                WHERE s.name = owner.silo AND s.epoch = owner.epoch AND s.expires_at > clock_timestamp())
        ), orphan AS (
            SELECT j.tenant, j.id, j.tool, j.silo
            FROM gone JOIN actors.jobs j ON j.silo = gone.silo AND j.epoch = gone.epoch AND j.silo IS NOT NULL AND j.status < 3
            UNION ALL
            -- Let go of in the middle. One that is queued waits in line, one that is parked for its answer.
            SELECT tenant, id, tool, silo FROM actors.jobs WHERE silo IS NULL AND status = 1
        )
        SELECT tenant, id FROM orphan
        WHERE tool = ANY ($4) AND ($5::text IS NULL OR silo IS NULL OR silo = $5)
          AND ($6 = 1 OR (hashtext(id::text) & 2147483647) % $6 = $7)
          AND ($2::text IS NULL OR (tenant, id) > ($2, $3::uuid))
        ORDER BY tenant, id LIMIT $1
        """;

    // Of those in line each lane is looked at once, however many wait in it: its tool is either there or not.
    private const string WithoutTool =
        """
        WITH RECURSIVE lane AS (
            (SELECT tenant, issuer, subject, tool FROM actors.jobs
             WHERE silo IS NULL AND status = 0 ORDER BY tenant, issuer, subject, tool LIMIT 1)
            UNION ALL
            SELECT following.* FROM lane, LATERAL (
                SELECT tenant, issuer, subject, tool FROM actors.jobs
                WHERE silo IS NULL AND status = 0 AND (tenant, issuer, subject, tool) > (lane.tenant, lane.issuer, lane.subject, lane.tool)
                ORDER BY tenant, issuer, subject, tool LIMIT 1) following
        ), unowned AS (
            SELECT j.tenant, j.id, j.updated_at
            FROM lane JOIN actors.jobs j ON j.tenant = lane.tenant AND j.issuer = lane.issuer AND j.subject = lane.subject AND j.tool = lane.tool
                 AND j.silo IS NULL AND j.status = 0
            WHERE lane.tool <> ALL ($4)
            UNION ALL
            SELECT tenant, id, updated_at FROM actors.jobs WHERE silo IS NULL AND status = 1 AND tool <> ALL ($4)
            UNION ALL
            SELECT j.tenant, j.id, j.updated_at FROM actors.jobs j
            WHERE j.silo IS NOT NULL AND j.status < 3 AND j.tool <> ALL ($4)
              AND NOT EXISTS (SELECT FROM actors.silos s WHERE s.name = j.silo AND s.epoch = j.epoch AND s.expires_at > now())
        )
        SELECT tenant, id FROM unowned
        WHERE updated_at < $5 AND ($2::text IS NULL OR (tenant, id) > ($2, $3::uuid))
        ORDER BY tenant, id LIMIT $1
        """;

    private const string WithoutAttempt =
        """
        SELECT tenant, id FROM actors.jobs
        WHERE silo = $1 AND epoch = $2 AND silo IS NOT NULL AND status IN (1, 2) AND id <> ALL ($3) ORDER BY tenant, id LIMIT $4
        """;

    // now(), because a volatile clock would be asked again for each entry of the index.
    private const string ExpiredInput =
        "SELECT tenant, id FROM actors.jobs WHERE status = 2 AND input_expires_at <= now() ORDER BY input_expires_at LIMIT $1";

    private const string OutOfTime =
        """
        SELECT tenant, id FROM actors.jobs
        WHERE status = 0 AND silo IS NULL AND deadline_at IS NOT NULL AND deadline_at <= now() AND tool = ANY ($2) ORDER BY deadline_at LIMIT $1
        """;

    private const string Active =
        "SELECT count(*) FROM actors.jobs WHERE tenant = $1 AND issuer = $2 AND subject = $3 AND status < 3";

    private readonly int _maxSearchedJobs = options.Value.Jobs.MaxSearchedJobs;

    /// <summary>
    /// The caller's own jobs, newest first. What no index finds is looked for among so many jobs at a time: a page may have few jobs or none, and a next one.
    /// </summary>
    /// <param name="caller">Tenant, issuer and subject are those of the jobs.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="cursor">The last page's <see cref="JobPage.NextCursor"/>, or null for the first page.</param>
    /// <param name="limit">The size of the page, at most <see cref="MaxPageSize"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="InvalidCursorException">The cursor is none of ours.</exception>
    public async Task<JobPage> ListAsync(
        Principal caller, JobFilter filter, string? cursor, int limit, CancellationToken cancellationToken = default)
    {
        var size = Math.Clamp(limit, 1, MaxPageSize);
        JobCursor? after = cursor is null ? null : JobCursor.Parse(cursor);
        var walks = JobListWalk.Of(filter, _maxSearchedJobs);
        var page = await ReadAsync(walks[0]);
        return page.IsPart && page.Jobs.Count < size && walks.Length > 1 ? await ReadAsync(walks[1]) : page;

        async Task<JobPage> ReadAsync(JobListWalk walk)
        {
            await using var batch = dataSource.CreateBatch();
            foreach (var command in JobListStatement.Create(caller, filter, after, size + 1, walk)) batch.BatchCommands.Add(command); // one more: is there a next page?
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            for (var statement = 1; statement < batch.BatchCommands.Count; statement++) await reader.NextResultAsync(cancellationToken);
            return await JobListPage.ReadAsync(reader, size, cancellationToken);
        }
    }

    /// <summary>
    /// Jobs that a silo had, and that no living one has: its lease lapsed, is gone, or has a newer epoch, or it let go of
    /// them. Those that wait in line, or for an answer, are not among them. Ordered by key;
    /// <paramref name="after"/> goes on behind the last one of an earlier answer.
    /// </summary>
    public async Task<IReadOnlyList<JobKey>> FindOrphansAsync(
        int limit, OrphanShare share, JobKey? after = null, CancellationToken cancellationToken = default)
    {
        await using var command = Page(Orphans, limit, after);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = share.Tools });
        Add(command, NpgsqlDbType.Text, share.OnlyOf);
        Add(command, NpgsqlDbType.Integer, share.Count);
        Add(command, NpgsqlDbType.Integer, share.Index);
        return await KeysAsync(command, cancellationToken);
    }

    /// <summary>
    /// Jobs that no living silo owns, whose tool is not among those offered, and that nobody has written since a time.
    /// </summary>
    public async Task<IReadOnlyList<JobKey>> FindWithoutToolAsync(
        int limit, string[] offered, DateTimeOffset before, JobKey? after = null, CancellationToken cancellationToken = default)
    {
        await using var command = Page(WithoutTool, limit, after);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = offered });
        Add(command, NpgsqlDbType.TimestampTz, before.UtcDateTime);
        return await KeysAsync(command, cancellationToken);
    }

    private NpgsqlCommand Page(string sql, int limit, JobKey? after)
    {
        var command = dataSource.CreateCommand(sql);
        Add(command, NpgsqlDbType.Integer, limit);
        Add(command, NpgsqlDbType.Text, after?.Tenant);
        Add(command, NpgsqlDbType.Uuid, after is { } key ? Guid.ParseExact(key.Id, "N") : null);
        return command;
    }

    private static async Task<IReadOnlyList<JobKey>> KeysAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var keys = new List<JobKey>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) keys.Add(new JobKey(reader.GetString(0), reader.GetGuid(1).ToString("N")));
        return keys;
    }

    /// <summary>Jobs that a silo owns, as running or as waiting for an answer, and that are not among those it runs.</summary>
    public async Task<IReadOnlyList<JobKey>> FindWithoutAttemptAsync(
        HeldLease lease, IEnumerable<JobKey> running, int limit, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(WithoutAttempt);
        Add(command, NpgsqlDbType.Text, lease.Silo);
        Add(command, NpgsqlDbType.Bigint, lease.Epoch);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. running.Select(job => Guid.ParseExact(job.Id, "N"))] });
        Add(command, NpgsqlDbType.Integer, limit);
        return await KeysAsync(command, cancellationToken);
    }

    /// <summary>Jobs with a question whose time is over, the longest ago first.</summary>
    public async Task<IReadOnlyList<JobKey>> FindExpiredInputAsync(int limit, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(ExpiredInput);
        Add(command, NpgsqlDbType.Integer, limit);
        return await KeysAsync(command, cancellationToken);
    }

    /// <summary>Jobs of some tools that wait in line for another attempt, and whose total time is over, the longest ago first.</summary>
    public async Task<IReadOnlyList<JobKey>> FindOutOfTimeAsync(int limit, string[] tools, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(OutOfTime);
        Add(command, NpgsqlDbType.Integer, limit);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = tools });
        return await KeysAsync(command, cancellationToken);
    }

    /// <summary>How many of the caller's jobs have not ended.</summary>
    public async Task<long> CountActiveAsync(Principal caller, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Active);
        Add(command, NpgsqlDbType.Text, caller.Tenant);
        Add(command, NpgsqlDbType.Text, caller.Issuer);
        Add(command, NpgsqlDbType.Text, caller.Subject);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static void Add(NpgsqlCommand command, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
}
