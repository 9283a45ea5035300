using Actors.Grains.Jobs;
using Actors.Jobs;

namespace Actors.Grains.Tests;

public sealed class RetryDecisionTests
{
    private static readonly RetryPlan Plan = RetryPlan.Of(new JobAttribute { MaxAttempts = 5 }, null);

    [Theory]
    [InlineData(1, 1.0, 1000)]
    [InlineData(1, 0.0, 800)]
    [InlineData(2, 1.0, 2000)]
    [InlineData(4, 0.5, 7200)]
    [InlineData(30, 1.0, 300_000)]
    [InlineData(5000, 1.0, 300_000)]
    public void A_delay_grows_up_to_its_limit_and_a_fifth_of_it_is_drawn(int used, double lot, int ms) =>
        Assert.Equal(TimeSpan.FromMilliseconds(ms), Plan.DelayAfter(used, lot));

    [Fact]
    public void Without_a_first_delay_there_is_none() =>
        Assert.Equal(TimeSpan.Zero, RetryPlan.Of(new JobAttribute { FirstRetryDelayMs = 0 }, null).DelayAfter(5000, 1));

    [Fact]
    public void A_callers_terms_count_but_for_more_attempts_than_the_tool_has()
    {
        var asked = new RetryTerms { MaxAttempts = 100, FirstDelayMs = 5, Backoff = 3, MaxDelayMs = 20 };
        Assert.Equal(
            new RetryPlan(5, TimeSpan.FromMilliseconds(5), 3, TimeSpan.FromMilliseconds(20)),
            RetryPlan.Of(new JobAttribute { MaxAttempts = 5 }, asked));
    }

    [Fact]
    public void A_callers_terms_that_make_no_sense_are_brought_into_range()
    {
        var asked = new RetryTerms { MaxAttempts = 0, FirstDelayMs = -1, Backoff = 0, MaxDelayMs = -1 };
        Assert.Equal(new RetryPlan(1, TimeSpan.Zero, 1, TimeSpan.Zero), RetryPlan.Of(new JobAttribute(), asked));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    public void There_are_as_many_attempts_as_the_plan_has(int used, bool again) =>
        Assert.Equal(again, RetryDecision.After(Plan, used, null, Rows.Now, null, 0).RunAt is not null);

    [Fact]
    public void The_delay_that_the_tool_asks_for_is_taken_as_it_is() => Assert.Equal(
        Rows.Now.AddHours(2), RetryDecision.After(Plan, 1, TimeSpan.FromHours(2), Rows.Now, null, 0).RunAt);

    [Fact]
    public void No_attempt_starts_at_the_end_of_the_total_time_or_later()
    {
        var delay = Plan.DelayAfter(1, 0);
        Assert.Same(RetryDecision.NoTimeLeft, RetryDecision.After(Plan, 1, null, Rows.Now, Rows.Now + delay, 0));
        Assert.Equal(Rows.Now + delay, RetryDecision.After(Plan, 1, null, Rows.Now, Rows.Now + delay + TimeSpan.FromTicks(1), 0).RunAt);
    }
}
