namespace Actors.Storage.Schedules;

/// <summary>What the clocks of a time zone show on one day. On most days that is plain; on a few they are set forward or back.</summary>
internal readonly struct DayClock
{
    /// <summary>No zone is further from UTC, so that what applies this long before a day and after it applies on either side of a change.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(15);

    private readonly DateTime _midnight;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan _before;
    private readonly TimeSpan _after;

    public DayClock(DateOnly day, TimeZoneInfo zone)
    {
        _midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        _zone = zone;
        _before = zone.GetUtcOffset(_midnight - Farthest);
        _after = zone.GetUtcOffset(_midnight + TimeSpan.FromDays(1) + Farthest);
    }

    /// <summary>Whether no clock is changed on that day or near it.</summary>
    public bool IsPlain => _before == _after;

    /// <summary>The first instant after another at which the clocks show that time; null: none.</summary>
    /// <param name="after">The instant.</param>
    /// <param name="hour">What the clocks are to show.</param>
    /// <param name="minute">What the clocks are to show.</param>
    /// <param name="isFixed">Whether the time counts once: where it is shown twice the first time, where it is skipped the moment of the change.</param>
    public DateTimeOffset? FirstAfter(DateTimeOffset after, int hour, int minute, bool isFixed)
    {
        var shown = _midnight.AddMinutes((hour * 60) + minute);
        if (IsPlain)
            return Later(shown - _before, after);
        var early = Shown(shown, _before);
        var late = Shown(shown, _after);
        if (early is null && late is null)
            return isFixed ? Later(Change(), after) : null;
        var (one, other) = early < late || late is null ? (early, late) : (late, early);
        return one is { } first && Later(first, after) is { } found ? found
            : !(isFixed && one is not null) && other is { } second ? Later(second, after)
            : null;
    }

    private static DateTimeOffset? Later(DateTime instant, DateTimeOffset after) => instant > after.UtcDateTime ? new DateTimeOffset(instant, TimeSpan.Zero) : null;

    private DateTime? Shown(DateTime shown, TimeSpan offset) => _zone.GetUtcOffset(shown - offset) == offset ? shown - offset : null;

    /// <summary>The instant at which the clocks are set, to the second.</summary>
    private DateTime Change()
    {
        var (before, after) = (_midnight - Farthest, _midnight + TimeSpan.FromDays(1) + Farthest);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before.AddSeconds(Math.Floor((after - before).TotalSeconds / 2));
            if (_zone.GetUtcOffset(middle) == _before)
                before = middle;
            else
                after = middle;
        }

        return after;
    }
}
