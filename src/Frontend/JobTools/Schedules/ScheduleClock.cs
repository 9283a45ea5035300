using Actors.Storage.Schedules;

namespace Actors.Frontend.JobTools.Schedules;

/// <summary>When a schedule is due.</summary>
internal sealed class ScheduleClock
{
    private readonly CronExpression _cron;
    private readonly TimeZoneInfo _zone;

    private ScheduleClock(CronExpression cron, TimeZoneInfo zone) => (_cron, _zone) = (cron, zone);

    /// <exception cref="JobToolMistakeException">The expression or the time zone is none.</exception>
    public static ScheduleClock Of(Schedule schedule)
    {
        if (!CronExpression.TryParse(schedule.Cron, out var cron, out var fault))
            throw new JobToolMistakeException($"The argument cron is not valid. {fault}");
        return TimeZones.TryFind(schedule.TimeZone, out var zone)
            ? new ScheduleClock(cron, zone)
            : throw new JobToolMistakeException($"There is no time zone '{schedule.TimeZone}': give its IANA name, for example Europe/Berlin, America/New_York or UTC.");
    }

    public DateTimeOffset? NextAfter(DateTimeOffset after) => _cron.NextAfter(after, _zone);

    /// <summary>The due times from one on.</summary>
    public IEnumerable<DateTimeOffset> From(DateTimeOffset first)
    {
        for (DateTimeOffset? due = first; due is { } time; due = NextAfter(time))
            yield return time;
    }

    /// <summary>As the clocks there show it.</summary>
    public DateTimeOffset InZone(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone);
}
