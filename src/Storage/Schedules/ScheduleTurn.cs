using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Storage.Schedules;

/// <summary>
/// One schedule that is to be looked at, held in a transaction: no other silo has it meanwhile. What is decided is stored when a
/// method here returns; disposed without one, it is as it was.
/// </summary>
public sealed class ScheduleTurn : IAsyncDisposable
{
    private const string Take =
        $"""
        SELECT {ScheduleColumns.Schedule}, starting, starting_since, clock_timestamp(), last_job
        FROM actors.schedules WHERE look_at <= now() ORDER BY look_at LIMIT 1 FOR UPDATE SKIP LOCKED
        """;

    // A statement of its own, after the schedule is held: the one that takes it may have begun before the last job was there.
    private const string IsUnderWay = "SELECT EXISTS (SELECT FROM actors.jobs WHERE tenant = $1 AND id = $2 AND status < 3)";

    private const int ScheduleColumnCount = 16;

    private const string Advance =
        """
        UPDATE actors.schedules
        SET starting = NULL, starting_since = NULL, due_at = CASE WHEN paused_at IS NULL THEN $3 END, look_at = CASE WHEN paused_at IS NULL THEN $3 END,
            last_job = coalesce($4, last_job), failure = $5
        WHERE tenant = $1 AND id = $2
        """;

    private const string Begin = "UPDATE actors.schedules SET starting = $3, starting_since = now(), due_at = $3, look_at = now() WHERE tenant = $1 AND id = $2";

    private const string Postpone =
        "UPDATE actors.schedules SET due_at = $3, look_at = clock_timestamp() + $4, failure = coalesce($5, failure) WHERE tenant = $1 AND id = $2";

    private const string Record =
        """
        INSERT INTO actors.schedule_runs (tenant, schedule_id, due_at, outcome, job_id, last_due_at, count, note)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING
        """;

    private const string Thin =
        """
        DELETE FROM actors.schedule_runs WHERE tenant = $1 AND schedule_id = $2 AND due_at < (
            SELECT due_at FROM actors.schedule_runs WHERE tenant = $1 AND schedule_id = $2 ORDER BY due_at DESC OFFSET $3 LIMIT 1)
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private ScheduleTurn(NpgsqlConnection connection, NpgsqlTransaction transaction, NpgsqlDataReader reader)
    {
        (_connection, _transaction) = (connection, transaction);
        Schedule = ScheduleColumns.ReadSchedule(reader);
        var next = new ColumnCursor(reader, ScheduleColumnCount);
        Starting = next.Time();
        StartingSince = next.Time();
        Now = next.Time()!.Value;
        LastJob = next.OptionalId()?.ToString("N");
    }

    public Schedule Schedule { get; }

    /// <summary>The due time whose job is to be created, or was created by somebody who could not say so any more.</summary>
    public DateTimeOffset? Starting { get; }

    /// <summary>Since when that is tried.</summary>
    public DateTimeOffset? StartingSince { get; }

    /// <summary>By the database's clock.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The job of the run before.</summary>
    public string? LastJob { get; }

    /// <summary>Null: nothing is due that another silo does not look at already.</summary>
    /// <exception cref="PostgresException">This silo has lost its lease.</exception>
    public static async Task<ScheduleTurn?> TakeAsync(NpgsqlDataSource dataSource, HeldLease lease, CancellationToken cancellationToken)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        ScheduleTurn? turn = null;
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.BatchCommands.Add(WriteStatements.RequireLease(lease.Silo, lease.Epoch));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Take));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            await reader.NextResultAsync(cancellationToken);
            return turn = await reader.ReadAsync(cancellationToken) ? new ScheduleTurn(connection, transaction, reader) : null;
        }
        finally
        {
            if (turn is null) await connection.DisposeAsync();
        }
    }

    /// <summary>Settles what the time has brought: the missed are recorded, and a run is skipped, begun, or waits.</summary>
    public async Task SettleAsync(CronExpression cron, TimeZoneInfo zone, ScheduleOptions options, CancellationToken cancellationToken)
    {
        var plan = DuePlan.Of(cron, zone, Schedule.CatchUp, Schedule.DueAt!.Value, Now, options);
        var missed = plan.Missed is { } row ? Row(row) : null;
        if (plan.Run is not { } run)
        {
            await StoreAsync(options, cancellationToken, missed, Advanced(plan.Next, null, Schedule.Failure));
        }
        else if (!await IsBusyAsync(cancellationToken))
        {
            await StoreAsync(options, cancellationToken, missed, Change(Begin, Time(run)));
        }
        else if (Schedule.CatchUp is CatchUp.All)
        {
            // What catches up with everything leaves nothing out because it is slow.
            await StoreAsync(options, cancellationToken, missed, Change(Postpone, Time(run), Value(NpgsqlDbType.Interval, options.RetryAfter), Text(null)));
        }
        else
        {
            var skipped = new ScheduleRun { DueAt = run, Outcome = RunOutcome.Skipped, Note = $"The job {LastJob} of the run before had not ended." };
            await StoreAsync(options, cancellationToken, missed, Row(skipped), Advanced(plan.Next, null, null));
        }
    }

    /// <summary>The run has become a job.</summary>
    public Task StartedAsync(DateTimeOffset? next, string jobId, ScheduleOptions options, CancellationToken cancellationToken) => StoreAsync(
        options, cancellationToken,
        Row(new ScheduleRun { DueAt = Starting!.Value, Outcome = RunOutcome.Started, JobId = jobId }),
        Advanced(next, Guid.ParseExact(jobId, "N"), null));

    /// <summary>The run will not become a job; the next one is tried.</summary>
    public Task RefusedAsync(DateTimeOffset? next, string reason, ScheduleOptions options, CancellationToken cancellationToken) => StoreAsync(
        options, cancellationToken,
        Row(new ScheduleRun { DueAt = Starting!.Value, Outcome = RunOutcome.Refused, Note = RowText.Storable(reason) }),
        Advanced(next, null, RowText.Storable(reason)));

    /// <summary>It could not be tried now; <paramref name="failure"/> is for its owner to see.</summary>
    public Task PostponeAsync(TimeSpan wait, string failure, ScheduleOptions options, CancellationToken cancellationToken) => StoreAsync(
        options, cancellationToken, Change(Postpone, Time(Schedule.DueAt), Value(NpgsqlDbType.Interval, wait), Text(failure)));

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Whether the job of the run before has not ended.</summary>
    private async Task<bool> IsBusyAsync(CancellationToken cancellationToken)
    {
        if (LastJob is null) return false;
        await using var command = new NpgsqlCommand(IsUnderWay, _connection, _transaction);
        command.Parameters.Add(new() { Value = Schedule.Owner.Tenant });
        command.Parameters.Add(Id(Guid.ParseExact(LastJob, "N")));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task StoreAsync(ScheduleOptions options, CancellationToken cancellationToken, params NpgsqlBatchCommand?[] commands)
    {
        await using var batch = new NpgsqlBatch(_connection, _transaction);
        foreach (var command in commands)
        {
            if (command is not null) batch.BatchCommands.Add(command);
        }

        batch.BatchCommands.Add(Change(Thin, Value(NpgsqlDbType.Integer, options.RunsKept - 1)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await _transaction.CommitAsync(cancellationToken);
    }

    private NpgsqlBatchCommand Row(ScheduleRun run) => Change(
        Record, Time(run.DueAt), Value(NpgsqlDbType.Smallint, (short)run.Outcome), Id(run.JobId is { } job ? Guid.ParseExact(job, "N") : null),
        Time(run.LastDueAt), Value(NpgsqlDbType.Integer, run.Count), Text(run.Note));

    private NpgsqlBatchCommand Advanced(DateTimeOffset? next, Guid? job, string? failure) => Change(Advance, Time(next), Id(job), Text(failure));

    private NpgsqlBatchCommand Change(string sql, params NpgsqlParameter[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Add(new() { Value = Schedule.Owner.Tenant });
        command.Parameters.Add(new() { Value = Schedule.Id });
        foreach (var value in values) command.Parameters.Add(value);
        return command;
    }

    private static NpgsqlParameter Time(DateTimeOffset? time) => Value(NpgsqlDbType.TimestampTz, time?.UtcDateTime);

    private static NpgsqlParameter Id(Guid? id) => Value(NpgsqlDbType.Uuid, id);

    private static NpgsqlParameter Text(string? text) => Value(NpgsqlDbType.Text, text);

    private static NpgsqlParameter Value(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
