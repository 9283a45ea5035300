using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Tests;

/// <summary>Recurring runs: what breaks the promise is found, and what a rule allows is not.</summary>
public sealed class ScheduleTests
{
    private static readonly string One = Handle(1), Two = Handle(2), Three = Handle(3);

    [Fact]
    public void Due_times_that_each_became_a_job_pass() =>
        Assert.Empty(new Story().RunOf(One, 0, 1).RunOf(Two, 60, 61).Schedule("all", 2, Story.Ran(1, job: Two), Story.Ran(0, job: One)).Findings);

    [Fact]
    public void A_run_that_was_carried_on_by_a_second_attempt_passes() => Assert.Empty(new Story()
        .Effect("start", note: Story.Token(), job: One, atMs: 0)
        .Effect("start", attempt: 2, note: Story.Token(), job: One, atMs: 5_000).Effect("end", attempt: 2, job: One, atMs: 6_000)
        .Effect("end", attempt: 1, job: One, atMs: 7_000, refused: true)
        .Schedule("all", 1, Story.Ran(0, job: One)).Findings);

    [Fact]
    public void What_a_rule_leaves_out_passes()
    {
        Assert.Empty(new Story().RunOf(One, 0, 70).Schedule("one", 2, Story.Ran(0, job: One), Story.Ran(1, "skipped")).Findings);
        Assert.Empty(new Story().Fault("KillEverySilo", 50_000, 200_000).RunOf(One, 240, 241)
            .Schedule("one", 5, Story.Ran(0, "missed", last: 3), Story.Ran(4, job: One)).Findings);
    }

    [Fact]
    public void A_job_of_a_time_after_the_last_report_passes() =>
        Assert.Empty(new Story().RunOf(One, 0, 1).RunOf(Two, 60, 61).Schedule("all", 1, Story.Ran(0, job: One)).Findings);

    [Fact]
    public void A_due_time_without_a_row_is_found() =>
        AssertBroken(new Story().RunOf(One, 0, 1).RunOf(Three, 120, 121).Schedule("all", 3, Story.Ran(0, job: One), Story.Ran(2, job: Three)));

    [Fact]
    public void A_due_time_at_the_end_without_a_row_is_found() => AssertBroken(new Story().RunOf(One, 0, 1).Schedule("all", 2, Story.Ran(0, job: One)));

    [Fact]
    public void A_due_time_that_is_recorded_twice_is_found() => AssertBroken(new Story().RunOf(One, 0, 1).RunOf(Two, 60, 61).Fault("KillSilo", 0, 1)
        .Schedule("one", 2, Story.Ran(0, job: One), Story.Ran(0, "missed", last: 0), Story.Ran(1, job: Two)));

    [Fact]
    public void A_due_time_with_two_jobs_is_found() =>
        AssertBroken(new Story().RunOf(One, 0, 1).RunOf(Two, 2, 3).Schedule("all", 1, Story.Ran(0, job: One)));

    [Fact]
    public void Two_due_times_with_one_job_are_found() =>
        AssertBroken(new Story().RunOf(One, 0, 1).Schedule("all", 2, Story.Ran(0, job: One), Story.Ran(1, job: One)));

    [Fact]
    public void A_run_that_never_ran_is_found() => AssertBroken(new Story().Schedule("all", 1, Story.Ran(0, job: One)));

    [Fact]
    public void A_run_that_failed_is_found() => AssertBroken(new Story().RunOf(One, 0, 1).Schedule("all", 1, Story.Ran(0, job: One, status: "failed")));

    [Fact]
    public void Two_runs_at_once_are_found() =>
        AssertBroken(new Story().Effect("start", note: Story.Token(), job: One, atMs: 0).RunOf(Two, 60, 61).Effect("end", job: One, atMs: 62_000)
            .Schedule("all", 2, Story.Ran(0, job: One), Story.Ran(1, job: Two)));

    [Fact]
    public void A_miss_against_the_rule_is_found() => AssertBroken(new Story().Fault("KillSilo", 0, 1).RunOf(One, 60, 61)
        .Schedule("all", 2, Story.Ran(0, "missed", last: 0), Story.Ran(1, job: One)));

    [Fact]
    public void A_miss_without_a_cause_is_found() => AssertBroken(new Story().Fault("KillSilo", 500_000, 600_000).RunOf(One, 240, 241)
        .Schedule("one", 5, Story.Ran(0, "missed", last: 3), Story.Ran(4, job: One)));

    [Fact]
    public void A_skip_though_the_run_before_had_ended_is_found() =>
        AssertBroken(new Story().RunOf(One, 0, 1).Schedule("one", 4, Story.Ran(0, job: One), Story.Ran(1, "skipped"), Story.Ran(2, "skipped"), Story.Ran(3, "skipped")));

    [Fact]
    public void A_refused_run_is_found() => AssertBroken(new Story().Schedule("one", 1, Story.Ran(0, "refused")));

    [Fact]
    public void A_schedule_that_stands_still_is_found() =>
        AssertBroken(new Story().RunOf(One, 0, 1).After(TimeSpan.FromMinutes(5)).Schedule("one", 1, Story.Ran(0, job: One)));

    private static string Handle(int number) => $"{number:x32}";

    private static void AssertBroken(Story story)
    {
        Assert.Equal([Promise.EachDueTimeRunsOnce], story.Broken);
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
