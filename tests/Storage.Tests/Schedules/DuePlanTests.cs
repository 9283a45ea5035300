using System.Globalization;
using Actors.Storage.Schedules;
using Xunit;

namespace Actors.Storage.Tests.Schedules;

/// <summary>What becomes of due times that have passed, rule by rule: due every minute, with a minute of grace.</summary>
public sealed class DuePlanTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-01T12:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(CatchUp.One)]
    [InlineData(CatchUp.Skip)]
    [InlineData(CatchUp.All)]
    public void A_time_that_has_just_come_runs(CatchUp rule) => Assert.Equal((0, 0, 1), Plan(rule, minutesLate: 0.5));

    [Fact]
    public void Two_times_within_the_grace_run_both() => Assert.Equal((0, 0, 1), Plan(CatchUp.Skip, minutesLate: 1));

    [Fact]
    public void After_a_downtime_one_run_makes_up_for_all() => Assert.Equal((10, 10, 11), Plan(CatchUp.One, minutesLate: 10.5));

    [Fact]
    public void After_a_downtime_longer_than_the_interval_the_last_missed_one_runs() =>
        Assert.Equal((2, 120, 180), Plan(CatchUp.One, minutesLate: 150, cron: "0 * * * *"));

    [Fact]
    public void After_a_downtime_only_what_is_due_just_now_runs_where_the_rest_is_to_be_skipped() =>
        Assert.Equal((10, 10, 11), Plan(CatchUp.Skip, minutesLate: 10.5));

    [Fact]
    public void After_a_downtime_nothing_runs_where_nothing_is_due_just_now_and_the_rest_is_to_be_skipped() =>
        Assert.Equal((3, null, 180), Plan(CatchUp.Skip, minutesLate: 150, cron: "0 * * * *"));

    [Fact]
    public void After_a_downtime_all_run_in_order() => Assert.Equal((0, 0, 1), Plan(CatchUp.All, minutesLate: 90));

    [Fact]
    public void Of_more_than_the_bound_the_latest_run() => Assert.Equal((401, 401, 402), Plan(CatchUp.All, minutesLate: 500.5));

    [Fact]
    public void Nothing_due_yet_leaves_everything_as_it_is() => Assert.Equal((0, null, 0), Plan(CatchUp.All, minutesLate: -0.5));

    /// <returns>How many are missed, and the minutes after noon of the run and of the next due time.</returns>
    private static (int Missed, int? Run, int Next) Plan(CatchUp rule, double minutesLate, string cron = "* * * * *")
    {
        var plan = DuePlan.Of(CronExpression.Parse(cron), TimeZoneInfo.Utc, rule, Noon, Noon.AddMinutes(minutesLate), new ScheduleOptions());
        return (plan.Missed?.Count ?? 0, plan.Run is { } run ? (int)(run - Noon).TotalMinutes : null, (int)(plan.Next!.Value - Noon).TotalMinutes);
    }
}
