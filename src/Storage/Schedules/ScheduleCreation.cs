namespace Actors.Storage.Schedules;

/// <summary>What became of a wish for a schedule.</summary>
public sealed record ScheduleCreation
{
    private ScheduleCreation()
    {
    }

    /// <summary>The new one, or the one that has the name already; null: there are too many.</summary>
    public Schedule? Schedule { get; private init; }

    public bool IsNew { get; private init; }

    /// <summary>How many the principal had.</summary>
    public long Count { get; private init; }

    public static ScheduleCreation Created(Schedule schedule) => new() { Schedule = schedule, IsNew = true };

    public static ScheduleCreation Exists(Schedule schedule) => new() { Schedule = schedule };

    public static ScheduleCreation TooMany(long count) => new() { Count = count };
}
