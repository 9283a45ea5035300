using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Actors.Tenants;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.FollowUps;

/// <summary>
/// What is still to be done about jobs that have ended. What is taken is taken for a while: whoever dies with it leaves it to others
/// when its lease is gone, or at the latest when that time is over, so that everything is done at least once, under an id that stays the same.
/// </summary>
public sealed class FollowUpTable(NpgsqlDataSource dataSource)
{
    // The first of each tenant, however many the others have.
    private const string Take =
        """
        WITH RECURSIVE waiting AS (
            (SELECT tenant FROM actors.follow_ups WHERE kind = $1 ORDER BY tenant LIMIT 1)
            UNION ALL
            SELECT following.tenant FROM waiting, LATERAL (
                SELECT tenant FROM actors.follow_ups WHERE kind = $1 AND tenant > waiting.tenant ORDER BY tenant LIMIT 1) following
        ), taken AS (
            SELECT first.tenant, first.job_id FROM waiting, LATERAL (
                SELECT tenant, job_id, try_at FROM actors.follow_ups f
                WHERE f.kind = $1 AND f.tenant = waiting.tenant AND f.try_at <= now()
                ORDER BY f.try_at LIMIT 1 FOR UPDATE SKIP LOCKED) first
            WHERE waiting.tenant <> ALL ($2) ORDER BY first.try_at LIMIT $3
        )
        UPDATE actors.follow_ups f SET tries = tries + 1, try_at = clock_timestamp() + $4, silo = $5, epoch = $6
        FROM taken WHERE f.kind = $1 AND f.tenant = taken.tenant AND f.job_id = taken.job_id
        RETURNING f.tenant, f.job_id, f.issuer, f.subject, f.client, f.id, f.labels::text, f.wanted, f.tries - 1, f.created_at
        """;

    private const string End = "DELETE FROM actors.follow_ups WHERE tenant = $1 AND job_id = $2 AND kind = $3";

    private const string Retry = "UPDATE actors.follow_ups SET try_at = clock_timestamp() + $4, silo = NULL, epoch = NULL WHERE tenant = $1 AND job_id = $2 AND kind = $3";

    // Few rows are taken at a time, however many wait.
    private const string Release =
        """
        WITH gone AS (
            SELECT tenant, job_id, kind FROM actors.follow_ups f
            WHERE f.silo IS NOT NULL AND NOT EXISTS (
                SELECT FROM actors.silos s WHERE s.name = f.silo AND s.epoch = f.epoch AND s.expires_at > now())
            FOR UPDATE SKIP LOCKED
        )
        UPDATE actors.follow_ups f SET try_at = now(), silo = NULL, epoch = NULL
        FROM gone WHERE f.tenant = gone.tenant AND f.job_id = gone.job_id AND f.kind = gone.kind
        """;

    private const string Note =
        """
        INSERT INTO actors.journal (tenant, job_id, at, kind, text, data)
        SELECT $1, $2, clock_timestamp(), $3, $4, $5 WHERE EXISTS (SELECT FROM actors.jobs WHERE tenant = $1 AND id = $2)
        """;

    /// <summary>At most one of each tenant, and none of some.</summary>
    /// <param name="kind">Which sort.</param>
    /// <param name="lease">This silo's.</param>
    /// <param name="notOf">Tenants that have enough on their way here.</param>
    /// <param name="limit">The most to take.</param>
    /// <param name="holdFor">After that others may have them.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<IReadOnlyList<FollowUp>> TakeAsync(
        FollowUpKind kind, HeldLease lease, string[] notOf, int limit, TimeSpan holdFor, CancellationToken cancellationToken = default)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(WriteStatements.RequireLease(lease.Silo, lease.Epoch));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Release));
        var take = new NpgsqlBatchCommand(Take);
        take.Parameters.Add(new() { Value = (short)kind });
        take.Parameters.Add(new() { Value = notOf });
        take.Parameters.Add(new() { Value = limit });
        take.Parameters.Add(new() { Value = holdFor });
        take.Parameters.Add(new() { Value = lease.Silo });
        take.Parameters.Add(new() { Value = lease.Epoch });
        batch.BatchCommands.Add(take);
        var taken = new List<FollowUp>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) taken.Add(Read(reader, kind));
        return taken;
    }

    /// <summary>There is nothing more to be done; the job's journal says what became of it.</summary>
    /// <param name="followUp">Which.</param>
    /// <param name="text">For the job's owner.</param>
    /// <param name="data">UTF-8 JSON of the same.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public Task EndAsync(FollowUp followUp, string text, byte[] data, CancellationToken cancellationToken = default) =>
        StoreAsync(Command(End, followUp), followUp, text, data, cancellationToken);

    /// <summary>It is tried again later; the job's journal says why.</summary>
    public Task RetryAsync(FollowUp followUp, TimeSpan after, string text, byte[] data, CancellationToken cancellationToken = default) =>
        StoreAsync(Command(Retry, followUp, Wait(after)), followUp, text, data, cancellationToken);

    /// <summary>It is tried again soon, for reasons that are nobody's business.</summary>
    public async Task PostponeAsync(FollowUp followUp, TimeSpan after, CancellationToken cancellationToken = default)
    {
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(Command(Retry, followUp, Wait(after)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task StoreAsync(NpgsqlBatchCommand change, FollowUp followUp, string text, byte[] data, CancellationToken cancellationToken)
    {
        // One transaction: nothing is over without a word about it.
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(change);
        var note = new NpgsqlBatchCommand(Note);
        note.Parameters.Add(new() { Value = followUp.Job.Tenant });
        note.Parameters.Add(new() { Value = Guid.ParseExact(followUp.Job.Id, "N") });
        note.Parameters.Add(new() { Value = (short)JournalKind.State });
        note.Parameters.Add(new() { Value = RowText.Storable(text) });
        note.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = data });
        batch.BatchCommands.Add(note);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(string sql, FollowUp followUp, params NpgsqlParameter[] more)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new() { Value = followUp.Job.Tenant });
        command.Parameters.Add(new() { Value = Guid.ParseExact(followUp.Job.Id, "N") });
        command.Parameters.Add(new() { Value = (short)followUp.Kind });
        foreach (var parameter in more) command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter Wait(TimeSpan after) => new() { Value = after };

    private static FollowUp Read(NpgsqlDataReader reader, FollowUpKind kind)
    {
        var next = new ColumnCursor(reader);
        var job = new JobKey(next.Text()!, next.Id().ToString("N"));
        return new FollowUp(
            job, kind, new Principal(job.Tenant, next.Text()!, next.Text()!, next.Text()!), next.Id(), next.Text(), next.Bytes()!,
            next.Integer()!.Value, next.Time()!.Value);
    }
}
