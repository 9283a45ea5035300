using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;
using Npgsql;

namespace Actors.Storage.Schedules;

/// <summary>Reads rows of <c>schedules</c> and <c>schedule_runs</c>.</summary>
internal static class ScheduleColumns
{
    public const string Schedule =
        "tenant, issuer, subject, client, id, name, tool, params, cron, time_zone, catch_up, seed, created_at, paused_at, due_at, failure";

    public const string Run = "r.due_at, r.outcome, r.job_id, r.last_due_at, r.count, r.note, j.status";

    public static Schedule ReadSchedule(NpgsqlDataReader reader)
    {
        var next = new ColumnCursor(reader);
        return new Schedule
        {
            Owner = new Principal(next.Text()!, next.Text()!, next.Text()!, next.Text()!),
            Id = next.Id(),
            Name = next.Text()!,
            Tool = next.Text()!,
            Params = next.Bytes()!,
            Cron = next.Text()!,
            TimeZone = next.Text()!,
            CatchUp = (CatchUp)next.Short(),
            Seed = next.Bytes()!,
            CreatedAt = next.Time()!.Value,
            IsPaused = next.Time() is not null,
            DueAt = next.Time(),
            Failure = next.Text(),
        };
    }

    public static ScheduleRun ReadRun(NpgsqlDataReader reader, int firstColumn = 0)
    {
        var next = new ColumnCursor(reader, firstColumn);
        return new ScheduleRun
        {
            DueAt = next.Time()!.Value,
            Outcome = (RunOutcome)next.Short(),
            JobId = next.OptionalId()?.ToString("N"),
            LastDueAt = next.Time(),
            Count = next.Integer()!.Value,
            Note = next.Text(),
            JobStatus = next.OptionalShort() is { } status ? (JobStatus)status : null,
        };
    }
}
