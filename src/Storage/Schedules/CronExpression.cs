using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Storage.Schedules;

/// <summary>
/// Five fields as in crontab(5): minute, hour, day of the month, month, day of the week; or a name such as <c>@daily</c>. Where both
/// fields for days are restricted, a day that fits either of them counts.
/// </summary>
public sealed class CronExpression
{
    /// <summary>Characters of an expression.</summary>
    public const int MaxLength = 200;

    /// <summary>29 February on one day of the week comes back within 40 years, over the turn of a century too.</summary>
    private const int MaxDaysAhead = 45 * 366;

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _daysOfMonth;
    private readonly CronField _months;
    private readonly CronField _daysOfWeek;

    private CronExpression(CronField[] fields) => (_minutes, _hours, _daysOfMonth, _months, _daysOfWeek) = (fields[0], fields[1], fields[2], fields[3], fields[4]);

    /// <summary>
    /// Whether it names times of the day (<c>30 2 * * *</c>) rather than an interval (<c>*/15 * * * *</c>). When a clock is set forward over such a time it is
    /// due at that moment, and when a clock is set back it is due the first time only; an interval goes by what the clock shows.
    /// </summary>
    private bool IsOfFixedTimes => _minutes.IsEnumerated && _hours.IsEnumerated;

    public static bool TryParse(string text, [NotNullWhen(true)] out CronExpression? expression, [NotNullWhen(false)] out string? fault)
    {
        try
        {
            (expression, fault) = (Parse(text), null);
            return true;
        }
        catch (FormatException exception)
        {
            (expression, fault) = (null, exception.Message);
            return false;
        }
    }

    /// <exception cref="FormatException">With a sentence for whoever wrote it.</exception>
    public static CronExpression Parse(string text)
    {
        if (text.Length > MaxLength)
            throw new FormatException($"A cron expression has at most {MaxLength} characters.");
        var spelled = Names.GetValueOrDefault(text.Trim(), text);
        var fields = spelled.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != CronFieldKind.All.Length)
            throw new FormatException(
                "A cron expression has five fields (minute, hour, day of the month, month, day of the week), for example '30 9 * * MON-FRI', "
                + $"or is one of {string.Join(", ", Names.Keys.Order(StringComparer.Ordinal))}.");
        return new CronExpression([.. fields.Select((field, index) => CronField.Parse(field, CronFieldKind.All[index]))]);
    }

    /// <summary>The first due time after an instant; null: there is none, as on 30 February.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after, TimeZoneInfo zone)
    {
        // The day before too: a clock set back over midnight shows its last hour again.
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime).AddDays(-1);
        for (var last = day.AddDays(MaxDaysAhead); day < last; day = day.AddDays(1))
        {
            if (FirstOn(day, after, zone) is not { } found)
                continue;
            return FirstOn(day.AddDays(1), after, zone) is { } other && other < found ? other : found;
        }

        return null;
    }

    private DateTimeOffset? FirstOn(DateOnly day, DateTimeOffset after, TimeZoneInfo zone)
    {
        if (!IsOn(day))
            return null;
        var clock = new DayClock(day, zone);
        DateTimeOffset? first = null;
        for (var hour = 0; hour < 24; hour++)
        {
            for (var minute = 0; _hours.Has(hour) && minute < 60; minute++)
            {
                if (!_minutes.Has(minute) || clock.FirstAfter(after, hour, minute, IsOfFixedTimes) is not { } found || found >= first)
                    continue;
                if (clock.IsPlain)
                    return found;
                first = found;
            }
        }

        return first;
    }

    private bool IsOn(DateOnly day)
    {
        var (ofMonth, ofWeek) = (_daysOfMonth.Has(day.Day), _daysOfWeek.Has((int)day.DayOfWeek));
        return _months.Has(day.Month) && (_daysOfMonth.IsStar || _daysOfWeek.IsStar ? ofMonth && ofWeek : ofMonth || ofWeek);
    }
}
