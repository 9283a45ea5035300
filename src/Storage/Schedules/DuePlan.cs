namespace Actors.Storage.Schedules;

/// <summary>What is to be done at one moment about the due times of a schedule that have come.</summary>
/// <param name="Missed">Those that are left out, as one row; null: none.</param>
/// <param name="Run">The one to start now; null: none.</param>
/// <param name="Next">The one after all of these; null: there is none.</param>
internal readonly record struct DuePlan(ScheduleRun? Missed, DateTimeOffset? Run, DateTimeOffset? Next)
{
    /// <summary>Due times further back are not counted one by one.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(366);

    public static DuePlan Of(CronExpression cron, TimeZoneInfo zone, CatchUp rule, DateTimeOffset due, DateTimeOffset now, ScheduleOptions options)
    {
        var first = due;
        if (due < now - LookBack)
            first = cron.NextAfter(now - LookBack, zone) ?? due;
        var (late, timely) = (new List<DateTimeOffset>(), new List<DateTimeOffset>());
        for (DateTimeOffset? time = first; time <= now; time = cron.NextAfter(time.Value, zone))
            (now - time.Value > options.Grace ? late : timely).Add(time.Value);
        if (late.Count + timely.Count == 0)
            return new DuePlan(null, null, due);
        List<DateTimeOffset> runs = rule switch
        {
            CatchUp.Skip => timely,
            CatchUp.One => timely.Count > 0 ? timely : [.. late.TakeLast(1)],
            _ => [.. late.TakeLast(Math.Max(0, options.MaxCatchUpRuns - timely.Count)), .. timely],
        };
        var missed = late.FindAll(time => runs.Count == 0 || time < runs[0]);
        var after = runs.Count > 0 ? runs[0] : missed[^1];
        return new DuePlan(Row(due, missed), runs.Count > 0 ? runs[0] : null, cron.NextAfter(after, zone));
    }

    private static ScheduleRun? Row(DateTimeOffset due, List<DateTimeOffset> missed) => missed.Count == 0 ? null : new ScheduleRun
    {
        DueAt = due,
        Outcome = RunOutcome.Missed,
        LastDueAt = missed[^1],
        Count = missed.Count,
        Note = "Nothing could start it in time.",
    };
}
