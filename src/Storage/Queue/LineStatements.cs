namespace Actors.Storage.Queue;

/// <summary>The statements of the line. Those of a claim run in one transaction, one claim at a time in the whole cluster.</summary>
internal static class LineStatements
{
    /// <summary>"ActLine".</summary>
    public const long Lock = 0x4163744C696E65;

    /// <summary>
    /// A silo that hangs in the middle of a claim must not keep the others from claiming. Each lane is found by a step down the index, in
    /// whatever order the statistics suggest otherwise. A claim that a crash takes back is made again: what is done under it is flushed.
    /// </summary>
    public const string Settings =
        """
        SELECT set_config('idle_in_transaction_session_timeout', '1000', true), set_config('lock_timeout', '2000', true),
               set_config('synchronous_commit', 'off', true), set_config('jit', 'off', true), set_config('enable_bitmapscan', 'off', true),
               set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
        """;

    public const string TakeLock = "SELECT pg_advisory_xact_lock($1)";

    /// <summary>One row for each lane: a loose scan of the index, first over tenants, then over each one's lanes.</summary>
    public const string Lanes =
        """
        WITH RECURSIVE tenants AS (
            (SELECT tenant, 1 AS number FROM actors.jobs
             WHERE silo IS NULL AND status = 0 AND tenant > $1 ORDER BY tenant LIMIT 1)
            UNION ALL
            SELECT following.tenant, t.number + 1 FROM tenants t, LATERAL (
                SELECT j.tenant FROM actors.jobs j
                WHERE j.silo IS NULL AND j.status = 0 AND j.tenant > t.tenant ORDER BY j.tenant LIMIT 1) following
            WHERE t.number < $2
        )
        SELECT t.tenant, l.issuer, l.subject, l.tool, l.rank, t.number, l.number, l.run_at,
               CASE WHEN l.tool = ANY ($9) THEN ARRAY (
                   SELECT j.run_at FROM actors.jobs j
                   WHERE j.silo IS NULL AND j.status = 0 AND j.tenant = t.tenant AND j.issuer = l.issuer AND j.subject = l.subject
                     AND j.tool = l.tool AND -j.priority = l.rank
                   ORDER BY j.run_at, j.id LIMIT $10)
               END
        FROM tenants t
        LEFT JOIN unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::integer[]) AS a (tenant, issuer, subject, tool, rank) ON a.tenant = t.tenant
        CROSS JOIN LATERAL (
            WITH RECURSIVE lanes AS (
                (SELECT j.issuer, j.subject, j.tool, -j.priority AS rank, j.run_at, 1 AS number FROM actors.jobs j
                 WHERE j.silo IS NULL AND j.status = 0 AND j.tenant = t.tenant
                   AND (j.issuer, j.subject, j.tool, -j.priority) > (coalesce(a.issuer, ''), coalesce(a.subject, ''), coalesce(a.tool, ''), coalesce(a.rank, -32768))
                 ORDER BY j.issuer, j.subject, j.tool, (-j.priority), j.run_at, j.id LIMIT 1)
                UNION ALL
                SELECT following.*, l.number + 1 FROM lanes l, LATERAL (
                    SELECT j.issuer, j.subject, j.tool, -j.priority AS rank, j.run_at FROM actors.jobs j
                    WHERE j.silo IS NULL AND j.status = 0 AND j.tenant = t.tenant
                      AND (j.issuer, j.subject, j.tool, -j.priority) > (l.issuer, l.subject, l.tool, l.rank)
                    ORDER BY j.issuer, j.subject, j.tool, (-j.priority), j.run_at, j.id LIMIT 1) following
                WHERE l.number < $3
            )
            SELECT * FROM lanes) l
        ORDER BY t.number, l.number
        """;

    public const string Owned =
        """
        SELECT tenant, issuer, subject, tool, count(*) FROM actors.jobs
        WHERE silo IS NOT NULL AND status < 3 GROUP BY tenant, issuer, subject, tool
        """;

    public const string Turns =
        """
        SELECT q.tenant, q.issuer, q.subject, q.pass, q.clock
        FROM unnest($1::text[], $2::text[], $3::text[]) AS w (tenant, issuer, subject)
        JOIN actors.queue_turns q ON q.tenant = w.tenant AND q.issuer = w.issuer AND q.subject = w.subject
        """;

    /// <summary>Rows that others write at this moment, to cancel a job for instance, are left to them.</summary>
    public const string Take =
        """
        WITH chosen AS (
            SELECT head.tenant, head.id
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::integer[]) AS p (tenant, issuer, subject, tool, rank, count)
            CROSS JOIN LATERAL (
                SELECT j.tenant, j.id FROM actors.jobs j
                WHERE j.silo IS NULL AND j.status = 0 AND j.tenant = p.tenant AND j.issuer = p.issuer AND j.subject = p.subject
                  AND j.tool = p.tool AND -j.priority = p.rank AND j.run_at <= $7
                ORDER BY j.run_at, j.id LIMIT p.count
                FOR UPDATE SKIP LOCKED) head
        )
        UPDATE actors.jobs j
        SET silo = $8, epoch = $9, version = j.version + 1, write_tag = (random() * 2147483647)::integer
        FROM chosen WHERE j.tenant = chosen.tenant AND j.id = chosen.id
        RETURNING j.tenant, j.id
        """;

    /// <summary>The rate is that of the last minute or so: what is older counts for less and less.</summary>
    public const string MoveTurns =
        """
        INSERT INTO actors.queue_turns AS q (tenant, issuer, subject, pass, clock, rate, updated_at)
        SELECT tenant, issuer, subject, pass, clock, starts / 60.0, $7
        FROM unnest($1::text[], $2::text[], $3::text[], $4::double precision[], $5::double precision[], $6::integer[])
             AS w (tenant, issuer, subject, pass, clock, starts)
        ON CONFLICT (tenant, issuer, subject) DO UPDATE
        SET pass = excluded.pass, clock = excluded.clock, updated_at = greatest(q.updated_at, excluded.updated_at),
            rate = q.rate * exp(-greatest(0, extract(epoch FROM excluded.updated_at - q.updated_at)::double precision) / 60) + excluded.rate
        """;

    /// <summary>Who has not started anything for that long has saved nothing up, and is as if never there.</summary>
    public const string ForgetTurns = "DELETE FROM actors.queue_turns WHERE updated_at < $1 AND tenant <> ''";

    /// <summary>Jobs of a silo that it does not know to be starting: its claim, or the end of its try to start them, went unanswered.</summary>
    public const string PutBack =
        """
        UPDATE actors.jobs SET silo = NULL, epoch = 0, version = version + 1, write_tag = (random() * 2147483647)::integer
        WHERE silo = $1 AND epoch = $2 AND status = 0 AND id <> ALL ($3)
        """;
}
