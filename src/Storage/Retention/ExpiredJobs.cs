using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Retention;

/// <summary>
/// Discards jobs that ended and have expired, unless they are pinned: first the row, which is the job for everybody, then what it left in other tables, of
/// which a single job may have thousands of rows. Each call is one short transaction, and several silos may call at once.
/// </summary>
public sealed class ExpiredJobs(NpgsqlDataSource dataSource)
{
    // now(), because a volatile clock would be asked again for each entry of the index. What follows a job's end still needs its record.
    private const string Discard =
        """
        WITH expired AS MATERIALIZED (
            SELECT tenant, id, expires_at FROM actors.jobs j
            WHERE status >= 3 AND expires_at <= now() AND expires_at >= $2 AND NOT pinned
              AND NOT EXISTS (SELECT FROM actors.follow_ups f WHERE f.tenant = j.tenant AND f.job_id = j.id)
            ORDER BY expires_at LIMIT $1
            FOR UPDATE SKIP LOCKED
        ), gone AS (
            DELETE FROM actors.jobs j USING expired e WHERE j.tenant = e.tenant AND j.id = e.id RETURNING j.tenant, j.id
        ), noted AS (
            INSERT INTO actors.discarded_jobs (tenant, job_id) SELECT tenant, id FROM gone ON CONFLICT DO NOTHING
        )
        SELECT count(*)::int, max(expires_at) FROM expired
        """;

    // The inner limits keep the planner to the index of each table; what they leave is for the next call.
    private const string Clear =
        """
        WITH taken AS MATERIALIZED (
            SELECT tenant, job_id FROM actors.discarded_jobs WHERE at <= now() - $1::interval ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED
        ), journal AS (
            DELETE FROM actors.journal WHERE ctid = ANY (ARRAY(
                SELECT j.ctid FROM taken t, LATERAL (
                    SELECT ctid FROM actors.journal WHERE tenant = t.tenant AND job_id = t.job_id LIMIT $3) j LIMIT $3))
            RETURNING 1
        ), chunks AS (
            DELETE FROM actors.result_chunks WHERE ctid = ANY (ARRAY(
                SELECT c.ctid FROM taken t, LATERAL (
                    SELECT ctid FROM actors.result_chunks WHERE tenant = t.tenant AND job_id = t.job_id LIMIT $4) c LIMIT $4))
            RETURNING 1
        ), steps AS (
            DELETE FROM actors.steps WHERE ctid = ANY (ARRAY(
                SELECT s.ctid FROM taken t, LATERAL (
                    SELECT ctid FROM actors.steps WHERE tenant = t.tenant AND job_id = t.job_id LIMIT $5) s LIMIT $5))
            RETURNING 1
        ), cleared AS (
            SELECT (SELECT count(*) FROM journal) < $3 AND (SELECT count(*) FROM chunks) < $4 AND (SELECT count(*) FROM steps) < $5 AS of_all
        ), heads AS (
            DELETE FROM actors.results r USING taken t WHERE r.tenant = t.tenant AND r.job_id = t.job_id AND (SELECT of_all FROM cleared)
        ), done AS (
            DELETE FROM actors.discarded_jobs d USING taken t WHERE d.tenant = t.tenant AND d.job_id = t.job_id AND (SELECT of_all FROM cleared)
        )
        SELECT (SELECT count(*) FROM taken)::int, of_all FROM cleared
        """;

    private const int JobsOfClearing = 100;

    // A quarter of a mebibyte each.
    private const int ChunksOfClearing = 16;

    private const int StepsOfClearing = 100;

    /// <summary>Deletes the rows of jobs that have expired, the longest expired first.</summary>
    /// <param name="most">The most rows.</param>
    /// <param name="since">The last answer's <see cref="DiscardedJobs.Until"/>, so that those which are pinned are passed by once; null for the first call.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<DiscardedJobs> DiscardAsync(int most, DateTimeOffset? since = null, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Discard);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = since?.UtcDateTime ?? DateTime.UnixEpoch });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var until = await reader.IsDBNullAsync(1, cancellationToken) ? since : new DateTimeOffset(reader.GetDateTime(1));
        return new DiscardedJobs(reader.GetInt32(0), until);
    }

    /// <summary>Deletes a part of what discarded jobs left: journals, steps and results in chunks.</summary>
    /// <param name="after">How long ago they must have been discarded: what a silo wrote at that moment has arrived then.</param>
    /// <param name="mostEntries">The most entries of journals.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>Whether there is more.</returns>
    public async Task<bool> ClearAsync(TimeSpan after, int mostEntries, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Clear);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = JobsOfClearing });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = mostEntries });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ChunksOfClearing });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = StepsOfClearing });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (taken, ofAll) = (reader.GetInt32(0), reader.GetBoolean(1));
        return taken == JobsOfClearing || !ofAll;
    }
}
