using System.Globalization;

namespace Actors.Storage.Tests.Schedules;

/// <summary>
/// Cron told minute by minute, as its manual page tells it: looks at what the clocks of a zone show at each minute, and knows nothing of
/// how the product finds the next due time.
/// </summary>
internal sealed class NaiveCron(string expression, TimeZoneInfo zone)
{
    private static readonly string[] Months = ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly string[] _fields = expression.Split(' ');

    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        for (var instant = after.AddMinutes(1); instant <= until; instant = instant.AddMinutes(1))
        {
            if (IsDue(instant))
                yield return instant;
        }
    }

    private bool IsDue(DateTimeOffset instant)
    {
        var shown = Shown(instant);
        if (_fields[0].AsSpan().ContainsAny("*-/") || _fields[1].AsSpan().ContainsAny("*-/"))
            return Matches(shown);
        // Times of the day: once each, and at the change where the clocks skip one.
        for (var skipped = Shown(instant.AddMinutes(-1)).AddMinutes(1); skipped < shown; skipped = skipped.AddMinutes(1))
        {
            if (Matches(skipped))
                return true;
        }

        return Matches(shown) && !Enumerable.Range(1, 180).Any(minutes => Shown(instant.AddMinutes(-minutes)) == shown);
    }

    private DateTime Shown(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private bool Matches(DateTime shown)
    {
        var dayOfMonth = Has(_fields[2], shown.Day, 31, []);
        var dayOfWeek = Has(_fields[4], (int)shown.DayOfWeek, 6, Days) || (shown.DayOfWeek == DayOfWeek.Sunday && Has(_fields[4], 7, 6, Days));
        var either = _fields[2][0] != '*' && _fields[4][0] != '*';
        return Has(_fields[0], shown.Minute, 59, []) && Has(_fields[1], shown.Hour, 23, []) && Has(_fields[3], shown.Month, 12, Months)
            && (either ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek);
    }

    private static bool Has(string field, int value, int max, string[] names) => field.Split(',').Any(part =>
    {
        var (range, step) = part.Split('/') is [var of, var by] ? (of, Number(by, names)) : (part, 0);
        var min = names.Length == 13 || max == 31 ? 1 : 0;
        var (from, to) = range == "*" ? (min, max)
            : range.Split('-') is [var first, var last] ? (Number(first, names), Number(last, names))
            : (Number(range, names), step > 0 ? max : Number(range, names));
        return value >= from && value <= to && (value - from) % Math.Max(step, 1) == 0;
    });

    private static int Number(string text, string[] names) =>
        Array.IndexOf(names, text) is >= 0 and var index ? index : int.Parse(text, CultureInfo.InvariantCulture);
}
