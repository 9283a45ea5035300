using System.Globalization;
using Actors.Storage.Schedules;
using Xunit;

namespace Actors.Storage.Tests.Schedules;

public sealed class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * *", "2026-03-01T00:00Z", "2026-03-01T00:01Z")]
    [InlineData("* * * * *", "2026-03-01T00:00:59Z", "2026-03-01T00:01Z")]
    [InlineData("30 9 * * MON-FRI", "2026-03-06T09:30Z", "2026-03-09T09:30Z")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00Z", "2104-02-29T00:00Z")]
    [InlineData("0 0 29 2 */7", "2026-01-01T00:00Z", "2032-02-29T00:00Z")]
    [InlineData("0 0 13 * FRI", "2026-03-01T00:00Z", "2026-03-06T00:00Z")]
    [InlineData("0 0 1-7 * 7", "2026-03-07T00:00Z", "2026-03-08T00:00Z")]
    [InlineData("5/20 * * * *", "2026-03-01T00:05Z", "2026-03-01T00:25Z")]
    [InlineData("0 0 * * sat-sun", "2026-03-06T12:00Z", "2026-03-07T00:00Z")]
    [InlineData("0 0 * * 5-7", "2026-03-07T00:00Z", "2026-03-08T00:00Z")]
    [InlineData("@hourly", "2026-03-01T00:00Z", "2026-03-01T01:00Z")]
    [InlineData("@Daily", "2026-03-01T00:00Z", "2026-03-02T00:00Z")]
    [InlineData("@weekly", "2026-03-01T00:00Z", "2026-03-08T00:00Z")]
    [InlineData("@monthly", "2026-03-01T00:00Z", "2026-04-01T00:00Z")]
    [InlineData("@yearly", "2026-03-01T00:00Z", "2027-01-01T00:00Z")]
    public void The_next_due_time_in_utc_is_the_calendars(string cron, string after, string expected) =>
        Assert.Equal(Instant(expected), CronExpression.Parse(cron).NextAfter(Instant(after), TimeZoneInfo.Utc));

    [Theory]
    // Set forward from 2:00 to 3:00: a time that is skipped is due at the change, an interval goes by the clock.
    [InlineData("30 2 * * *", "America/New_York", "2026-03-07T12:00Z", "2026-03-08T07:00Z", "2026-03-09T06:30Z")]
    [InlineData("0,30 2,3 * * *", "America/New_York", "2026-03-08T06:00Z", "2026-03-08T07:00Z", "2026-03-08T07:30Z")]
    [InlineData("*/30 * * * *", "America/New_York", "2026-03-08T06:30Z", "2026-03-08T07:00Z", "2026-03-08T07:30Z")]
    [InlineData("15 */2 * * *", "America/New_York", "2026-03-08T05:15Z", "2026-03-08T08:15Z", "2026-03-08T10:15Z")]
    // Set back from 2:00 to 1:00: a time that is shown twice is due the first time, an interval both times.
    [InlineData("30 1 * * *", "America/New_York", "2026-11-01T05:00Z", "2026-11-01T05:30Z", "2026-11-02T06:30Z")]
    [InlineData("*/30 * * * *", "America/New_York", "2026-11-01T05:30Z", "2026-11-01T06:00Z", "2026-11-01T06:30Z")]
    // Half an hour, on Lord Howe Island; at midnight, in Havana; a whole day, in Samoa.
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00Z", "2026-10-03T15:30Z", "2026-10-04T15:15Z")]
    [InlineData("30 0 * * *", "America/Havana", "2026-03-07T12:00Z", "2026-03-08T05:00Z", "2026-03-09T04:30Z")]
    [InlineData("0 12 * * *", "Pacific/Apia", "2011-12-29T23:00Z", "2011-12-30T10:00Z", "2011-12-30T22:00Z")]
    public void A_change_of_the_clocks_neither_loses_nor_doubles_a_time_of_the_day(string cron, string zone, string after, string first, string second)
    {
        Assert.True(TimeZones.TryFind(zone, out var found));
        var expression = CronExpression.Parse(cron);

        var next = expression.NextAfter(Instant(after), found)!.Value;

        Assert.Equal(Instant(first), next);
        Assert.Equal(Instant(second), expression.NextAfter(next, found));
    }

    [Fact]
    public void Every_due_time_around_a_change_of_the_clocks_is_that_of_a_clock_watched_minute_by_minute()
    {
        // Fixed, so that a failure is the same failure again.
        var random = new Random(20260728);
        (string Zone, string Start)[] changes =
        [
            ("UTC", "2026-02-27T00:00Z"), ("Europe/Berlin", "2026-03-28T12:00Z"), ("Europe/Berlin", "2026-10-24T12:00Z"),
            ("America/New_York", "2026-03-07T12:00Z"), ("America/New_York", "2026-10-31T12:00Z"), ("Australia/Lord_Howe", "2026-04-04T00:00Z"),
            ("Australia/Lord_Howe", "2026-10-03T00:00Z"), ("America/Havana", "2026-03-07T12:00Z"), ("America/Havana", "2026-10-31T12:00Z"),
            ("Asia/Kolkata", "2026-12-31T00:00Z"), ("Africa/Casablanca", "2026-02-14T12:00Z"), ("Atlantic/Azores", "2026-10-24T12:00Z"),
        ];
        foreach (var (name, start) in changes)
        {
            Assert.True(TimeZones.TryFind(name, out var zone));
            var (from, until) = (Instant(start), Instant(start).AddDays(2));
            for (var run = 0; run < 40; run++)
            {
                var text = RandomExpression(random);
                var expected = new NaiveCron(text, zone).Between(from, until).ToList();

                var actual = Between(CronExpression.Parse(text), zone, from, until);

                Assert.True(expected.SequenceEqual(actual), $"'{text}' in {name} from {start}: expected {Text(expected)}, got {Text(actual)}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("0 0 12 * * ?")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 8")]
    [InlineData("* * L * *")]
    [InlineData("* * * * MON#2")]
    [InlineData("*/0 * * * *")]
    [InlineData("30-10 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("1-2-3 * * * *")]
    [InlineData("* * * * MONDAY")]
    [InlineData("@reboot")]
    [InlineData("99999999999999999999 * * * *")]
    public void What_is_no_cron_expression_is_refused_with_a_sentence(string text)
    {
        Assert.False(CronExpression.TryParse(text, out _, out var fault));

        Assert.EndsWith(".", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_over_the_limit_is_refused() =>
        Assert.False(CronExpression.TryParse(string.Join(',', Enumerable.Repeat("1", 100)) + " * * * *", out _, out _));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    public void A_day_that_never_comes_has_no_next_time(string cron) =>
        Assert.Null(CronExpression.Parse(cron).NextAfter(Instant("2026-01-01T00:00Z"), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("Europe/Nowhere")]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("")]
    public void What_is_no_time_zone_is_not_found(string name) => Assert.False(TimeZones.TryFind(name, out _));

    private static List<DateTimeOffset> Between(CronExpression cron, TimeZoneInfo zone, DateTimeOffset after, DateTimeOffset until)
    {
        var times = new List<DateTimeOffset>();
        for (var next = cron.NextAfter(after, zone); next <= until; next = cron.NextAfter(next.Value, zone))
            times.Add(next.Value);
        return times;
    }

    private static string RandomExpression(Random random)
    {
        return $"{Field(0, 59)} {Field(0, 23)} {(random.Next(2) == 0 ? "*" : Field(1, 31))} {(random.Next(3) == 0 ? Field(1, 12) : "*")} {(random.Next(2) == 0 ? "*" : Field(0, 6))}";

        string Field(int min, int max) => random.Next(7) switch
        {
            0 => "*",
            1 => $"*/{random.Next(1, max)}",
            2 => $"{random.Next(min, (min + max) / 2)}-{random.Next((min + max) / 2, max)}",
            3 => $"{random.Next(min, (min + max) / 2)}-{random.Next((min + max) / 2, max)}/{random.Next(1, 9)}",
            4 => $"{random.Next(min, max)}/{random.Next(1, 20)}",
            // Times in the small hours, where clocks are changed.
            5 => string.Join(',', Enumerable.Range(0, 3).Select(_ => random.Next(min, Math.Min(max, min + 4)))),
            _ => $"{random.Next(min, Math.Min(max, min + 3))}",
        };
    }

    private static string Text(IEnumerable<DateTimeOffset> times) => string.Join(", ", times.Select(time => time.ToString("u", CultureInfo.InvariantCulture)));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
