using System.Collections.Immutable;

namespace Actors.Storage.Schedules;

/// <summary>One of the five fields: its name for messages, its values, and the names that some of them have.</summary>
internal sealed record CronFieldKind(string Name, int Min, int Max, ImmutableArray<string> Names)
{
    public static readonly CronFieldKind Minute = new("minute", 0, 59, []);
    public static readonly CronFieldKind Hour = new("hour", 0, 23, []);
    public static readonly CronFieldKind DayOfMonth = new("day of the month", 1, 31, []);

    public static readonly CronFieldKind Month = new(
        "month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);

    /// <summary>Sunday is 0, and 7 as well.</summary>
    public static readonly CronFieldKind DayOfWeek = new("day of the week", 0, 6, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    public static readonly ImmutableArray<CronFieldKind> All = [Minute, Hour, DayOfMonth, Month, DayOfWeek];
}
