using Actors.Grains.Jobs;
using Actors.Jobs;
using Actors.Storage.Jobs;

namespace Actors.Grains.Tests;

public sealed class InterruptionTests
{
    [Theory]
    [InlineData(AttemptOutcome.Crashed, 1)]
    [InlineData(AttemptOutcome.HandedOver, 0)]
    public void A_job_that_resumes_is_nobodys_keeps_its_place_and_finds_its_checkpoint(AttemptOutcome outcome, int used)
    {
        var row = After(Rows.Running(), AfterCrash.Resume, outcome);
        Assert.Equal((JobStatus.Queued, null, 0L, Rows.Now), (row.Status, row.Silo, row.Epoch, row.RunAt));
        Assert.NotNull(row.Checkpoint);
        Assert.Equal((outcome, used, false), (row.Attempts[^1].Outcome, row.Attempts[^1].Used, row.Attempts[^1].StartsOver));
    }

    [Theory]
    [InlineData(AttemptOutcome.Crashed)]
    [InlineData(AttemptOutcome.HandedOver)]
    public void A_job_that_is_retried_starts_over(AttemptOutcome outcome)
    {
        var row = After(Rows.Running(), AfterCrash.Retry, outcome);
        Assert.Equal((JobStatus.Queued, null), (row.Status, row.Checkpoint));
        Assert.True(row.Attempts[^1].StartsOver);
    }

    [Theory]
    [InlineData(AttemptOutcome.Crashed)]
    [InlineData(AttemptOutcome.HandedOver)]
    public void A_job_that_must_not_happen_twice_fails(AttemptOutcome outcome) =>
        Assert.Equal(JobStatus.Failed, After(Rows.Running(), AfterCrash.Fail, outcome).Status);

    [Theory]
    [InlineData(AfterCrash.Fail)]
    [InlineData(AfterCrash.Retry)]
    public void An_attempt_that_was_never_begun_changes_nothing(AfterCrash declared)
    {
        var row = After(Rows.Running(), declared, AttemptOutcome.Crashed, hasRun: false);
        Assert.Equal((JobStatus.Queued, 0, false), (row.Status, row.Attempts[^1].Used, row.Attempts[^1].StartsOver));
        Assert.NotNull(row.Checkpoint);
    }

    [Fact]
    public void A_crash_of_the_last_attempt_ends_the_job_and_a_hand_over_does_not()
    {
        var last = Rows.Running(3, Rows.Record(1, 1), Rows.Record(2, 2));
        Assert.Equal(
            "'tool' was interrupted in the last of its 3 attempts: its process died, or lost its lease. The last attempt that said why it failed: it failed",
            After(last, AfterCrash.Resume, AttemptOutcome.Crashed).Error!.Message);
        Assert.Equal(JobStatus.Queued, After(last, AfterCrash.Resume, AttemptOutcome.HandedOver).Status);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1000)]
    [InlineData(2, 2000)]
    [InlineData(4, 8000)]
    [InlineData(40, 300_000)]
    public void A_job_goes_on_at_once_after_a_crash_and_rests_longer_after_each_further_one(int before, int restMs)
    {
        AttemptRecord[] crashed = [.. Enumerable.Range(1, before).Select(n => Rows.Record(n, n, AttemptOutcome.Crashed))];
        var row = Interruption.After(
            Rows.Running(before + 1, crashed), new JobAttribute { MaxAttempts = 100 }, AttemptOutcome.Crashed, hasRun: true, Rows.Now, 50);
        Assert.InRange((row.RunAt - Rows.Now).TotalMilliseconds, restMs * 0.8, restMs);
        Assert.Equal(JobStatus.Queued, row.Status);
    }

    [Fact]
    public void Only_crashes_that_follow_one_another_are_counted()
    {
        var row = Rows.Running(5, Rows.Record(1, 1, AttemptOutcome.Crashed), Rows.Record(2, 2), Rows.Record(3, 3, AttemptOutcome.Crashed), Rows.Record(4, 3, AttemptOutcome.HandedOver));
        Assert.Equal(2, AttemptHistory.CrashesInARow(row, TimeSpan.FromMinutes(5), Rows.Now));
        Assert.Equal(1, AttemptHistory.CrashesInARow(Rows.Running(2, Rows.Record(1, 1)), TimeSpan.FromMinutes(5), Rows.Now));
    }

    [Fact]
    public void An_attempt_that_ran_for_long_is_not_what_its_silo_died_of()
    {
        var row = Rows.Running(3, Rows.Record(1, 1, AttemptOutcome.Crashed), Rows.Record(2, 2, AttemptOutcome.Crashed));
        Assert.Equal(3, AttemptHistory.CrashesInARow(row, TimeSpan.FromMinutes(5), Rows.Now.AddMinutes(5)));
        Assert.Equal(1, AttemptHistory.CrashesInARow(row, TimeSpan.FromMinutes(5), Rows.Now.AddMinutes(6)));
    }

    [Fact]
    public void A_job_that_was_to_be_cancelled_is()
    {
        var row = After(Rows.Running() with { Cancel = CancelState.Requested }, AfterCrash.Fail, AttemptOutcome.Crashed);
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (row.Status, row.Cancel));
    }

    [Fact]
    public void A_job_whose_tool_is_gone_fails() =>
        Assert.Equal(JobStatus.Failed, Interruption.After(Rows.Running(), null, AttemptOutcome.Crashed, true, Rows.Now, 50).Status);

    [Fact]
    public void The_time_a_job_waits_for_answers_is_not_its_own()
    {
        var terms = new JobAttribute { TotalTimeoutSeconds = 60 };
        var row = JobMachine.Move(Rows.Running(), JobStatus.InputRequired, Rows.Now.AddSeconds(10));
        row = JobMachine.Move(row, JobStatus.Queued, Rows.Now.AddHours(5));
        row = JobMachine.Move(row, JobStatus.Running, Rows.Now.AddHours(6));
        Assert.Equal(Rows.Now.AddSeconds(60 - 10).AddHours(5), TotalTime.DeadlineOf(row, terms));
    }

    private static JobRow After(JobRow row, AfterCrash declared, AttemptOutcome outcome, bool hasRun = true) =>
        Interruption.After(row, new JobAttribute { AfterCrash = declared, MaxAttempts = 3 }, outcome, hasRun, Rows.Now, 50);
}
