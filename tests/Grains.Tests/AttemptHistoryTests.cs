using Actors.Grains.Jobs;
using Actors.Jobs;

namespace Actors.Grains.Tests;

public sealed class AttemptHistoryTests
{
    private static readonly RetryPlan Plan = RetryPlan.Of(new JobAttribute { MaxAttempts = 3 }, null);

    [Theory]
    [InlineData(AttemptOutcome.Failed, 2)]
    [InlineData(AttemptOutcome.TimedOut, 2)]
    [InlineData(AttemptOutcome.HeartbeatMissed, 2)]
    [InlineData(AttemptOutcome.Crashed, 2)]
    [InlineData(AttemptOutcome.HandedOver, 1)]
    [InlineData(AttemptOutcome.Parked, 1)]
    public void A_hand_over_and_a_wait_use_no_attempt_up(AttemptOutcome outcome, int used) =>
        Assert.Equal(used, AttemptHistory.Used(Rows.Running(2, Rows.Record(1, used: 1)), outcome));

    [Fact]
    public void Attempts_that_nobody_entered_count() =>
        Assert.Equal(6, AttemptHistory.Used(Rows.Running(7, Rows.Record(3, used: 2)), AttemptOutcome.Failed));

    [Fact]
    public void The_count_outlives_the_records_that_it_was_made_from()
    {
        var row = Rows.Running();
        for (var attempt = 1; attempt <= 60; attempt++)
        {
            row = AttemptHistory.Enter(
                row with { Attempt = attempt }, attempt % 3 == 0 ? AttemptOutcome.Parked : AttemptOutcome.Failed, "again", Plan, Rows.Now, 50);
        }

        Assert.Equal(Enumerable.Range(11, 50), row.Attempts.Select(record => record.Number));
        Assert.Equal(40, row.Attempts[^1].Used);
    }

    [Fact]
    public void A_record_says_when_where_and_how()
    {
        var row = AttemptHistory.Enter(Rows.Running(), AttemptOutcome.TimedOut, "too slow", Plan, Rows.Now.AddSeconds(9), 50);
        Assert.Equal(
            new AttemptRecord(1, "silo-a", Rows.Now, Rows.Now.AddSeconds(9), AttemptOutcome.TimedOut, "too slow") { Used = 1, Limit = 3 },
            Assert.Single(row.Attempts));
    }
}
