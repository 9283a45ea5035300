using Actors.Tenants;
using Npgsql;

namespace Actors.Storage.Schedules;

/// <summary>The schedules of a principal, as it makes, sees and changes them.</summary>
public sealed class ScheduleTable(NpgsqlDataSource dataSource)
{
    private const string OfOwner = "tenant = $1 AND issuer = $2 AND subject = $3";

    // One at a time of each owner: the count must hold, and the same wish twice is the same schedule.
    private const string LockOwner = "SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2 || '/' || $3, 7)), clock_timestamp()";

    private const string Count = $"SELECT count(*) FROM actors.schedules WHERE {OfOwner}";

    private const string Insert =
        """
        INSERT INTO actors.schedules
            (tenant, issuer, subject, client, id, name, tool, params, cron, time_zone, catch_up, seed, created_at, due_at, look_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
        """;

    private const string Find = $"SELECT {ScheduleColumns.Schedule} FROM actors.schedules WHERE {OfOwner} AND name = $4";

    private const string List = $"SELECT {ScheduleColumns.Schedule} FROM actors.schedules WHERE {OfOwner} ORDER BY name LIMIT $4";

    // A run that is on its way is finished first: its job may be there already.
    private const string Pause =
        $"""
        UPDATE actors.schedules
        SET paused_at = coalesce(paused_at, now()), due_at = CASE WHEN starting IS NULL THEN NULL ELSE due_at END,
            look_at = CASE WHEN starting IS NULL THEN NULL ELSE look_at END
        WHERE {OfOwner} AND name = $4
        """;

    private const string Resume =
        $"""
        UPDATE actors.schedules
        SET paused_at = NULL, failure = NULL, due_at = CASE WHEN starting IS NULL THEN $5 ELSE due_at END,
            look_at = CASE WHEN starting IS NULL THEN $5 ELSE look_at END
        WHERE {OfOwner} AND name = $4 AND paused_at IS NOT NULL
        """;

    private const string Delete = $"DELETE FROM actors.schedules WHERE {OfOwner} AND name = $4";

    private const string Runs =
        $"""
        SELECT {ScheduleColumns.Run} FROM actors.schedule_runs r
        LEFT JOIN actors.jobs j ON j.tenant = r.tenant AND j.id = r.job_id
        WHERE r.tenant = $1 AND r.schedule_id = $2 ORDER BY r.due_at DESC LIMIT $3
        """;

    /// <summary>Makes a schedule, unless its owner has one of that name, or too many.</summary>
    public async Task<ScheduleCreation> CreateAsync(
        Schedule schedule, Func<DateTimeOffset, DateTimeOffset?> firstDue, int maxOfOwner, CancellationToken cancellationToken = default)
    {
        var owner = schedule.Owner;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var now = await LockAsync(connection, owner, cancellationToken);
        if (await FirstAsync(Command(Find, connection, owner, schedule.Name), cancellationToken) is { } existing)
            return ScheduleCreation.Exists(existing);
        await using var count = Command(Count, connection, owner);
        if (await count.ExecuteScalarAsync(cancellationToken) is long had && had >= maxOfOwner)
            return ScheduleCreation.TooMany(had);
        var created = schedule with { CreatedAt = now, DueAt = firstDue(now) };
        await using var insert = Command(
            Insert, connection, owner, owner.Client, created.Id, created.Name, created.Tool, created.Params, created.Cron, created.TimeZone,
            (short)created.CatchUp, created.Seed, Time(now), Time(created.DueAt));
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ScheduleCreation.Created(created);
    }

    /// <summary>Null: the caller has none of that name.</summary>
    public async Task<Schedule?> FindAsync(Principal caller, string name, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await FirstAsync(Command(Find, connection, caller, name), cancellationToken);
    }

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Schedule>> ListAsync(Principal caller, int limit, CancellationToken cancellationToken = default)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(List, connection, caller, limit);
        return await ReadAsync(command, ScheduleColumns.ReadSchedule, cancellationToken);
    }

    /// <summary>What became of the due times of a schedule of the caller's own, the latest first.</summary>
    public async Task<IReadOnlyList<ScheduleRun>> RunsAsync(Schedule schedule, int limit, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Runs);
        foreach (object value in (object[])[schedule.Owner.Tenant, schedule.Id, limit])
            command.Parameters.Add(new() { Value = value });
        return await ReadAsync(command, reader => ScheduleColumns.ReadRun(reader), cancellationToken);
    }

    /// <summary>Nothing starts any more until it is resumed. False: the caller has none of that name.</summary>
    public Task<bool> PauseAsync(Principal caller, string name, CancellationToken cancellationToken = default) =>
        ExecuteAsync(Pause, caller, cancellationToken, name);

    /// <summary>Goes on with the next due time; those of the pause were nobody's. False: the caller has none of that name that is paused.</summary>
    public async Task<bool> ResumeAsync(
        Principal caller, string name, Func<DateTimeOffset, DateTimeOffset?> firstDue, CancellationToken cancellationToken = default)
    {
        await using var clock = dataSource.CreateCommand("SELECT clock_timestamp()");
        var now = new DateTimeOffset((DateTime)(await clock.ExecuteScalarAsync(cancellationToken))!, TimeSpan.Zero);
        return await ExecuteAsync(Resume, caller, cancellationToken, name, Time(firstDue(now)));
    }

    /// <summary>Its runs go with it, its jobs do not. False: the caller has none of that name.</summary>
    public Task<bool> DeleteAsync(Principal caller, string name, CancellationToken cancellationToken = default) =>
        ExecuteAsync(Delete, caller, cancellationToken, name);

    private static NpgsqlParameter Time(DateTimeOffset? time) =>
        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz, Value = time?.UtcDateTime ?? (object)DBNull.Value };

    private static async Task<DateTimeOffset> LockAsync(NpgsqlConnection connection, Principal owner, CancellationToken cancellationToken)
    {
        await using var command = Command(LockOwner, connection, owner);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new DateTimeOffset(reader.GetDateTime(1), TimeSpan.Zero);
    }

    private static async Task<Schedule?> FirstAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            return (await ReadAsync(command, ScheduleColumns.ReadSchedule, cancellationToken)) is [var first, ..] ? first : null;
    }

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) rows.Add(read(reader));
        return rows;
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, Principal owner, params object[] more)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in (object[])[owner.Tenant, owner.Issuer, owner.Subject, .. more])
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value });
        return command;
    }

    private async Task<bool> ExecuteAsync(string sql, Principal caller, CancellationToken cancellationToken, params object[] more)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var command = Command(sql, connection, caller, more);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
