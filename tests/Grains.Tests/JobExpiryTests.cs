using Actors.Grains.Jobs;
using Actors.Jobs;

namespace Actors.Grains.Tests;

public sealed class JobExpiryTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(null, 3600)]
    [InlineData(5_000L, 5)]
    [InlineData(0L, 0)]
    [InlineData(long.MaxValue, 90 * 24 * 3600)]
    public void A_record_is_kept_as_asked_or_as_the_tool_declares_within_the_tenants_longest(long? askedMs, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), JobExpiry.Ttl(askedMs, new JobAttribute { TtlSeconds = 3600 }, Longest));

    [Fact]
    public void A_tools_own_time_is_cut_too() =>
        Assert.Equal(TimeSpan.FromMinutes(1), JobExpiry.Ttl(null, new JobAttribute(), TimeSpan.FromMinutes(1)));

    [Theory]
    [InlineData(7, 0.5, 7)]
    [InlineData(7, 6.5, 7.5)]
    [InlineData(7, 30, 31)]
    [InlineData(0.25, 30, 30.125)]
    [InlineData(0.25, 0.1, 0.25)]
    [InlineData(0, 30, 30)]
    public void An_ended_job_stays_for_a_while_or_for_half_as_long_as_it_was_to_be_kept_in_all(double ttlDays, double endedAfterDays, double keptDays) =>
        Assert.Equal(Rows.Now.AddDays(keptDays), End(JobStatus.Completed, ttlDays, endedAfterDays, new JobAttribute()));

    [Theory]
    [InlineData(JobStatus.Failed, 2.0)]
    [InlineData(JobStatus.Cancelled, 3.0)]
    [InlineData(JobStatus.Completed, 7.0)]
    public void A_tools_time_for_its_kind_of_end_counts_from_it(JobStatus status, double keptDays) =>
        Assert.Equal(Rows.Now.AddDays(keptDays), End(status, 7, 1, new JobAttribute { FailedTtlSeconds = 24 * 3600, CancelledTtlSeconds = 2 * 24 * 3600 }));

    [Fact]
    public void A_tools_time_for_its_kind_of_end_is_cut_to_the_tenants_longest() =>
        Assert.Equal(Rows.Now.AddDays(91), End(JobStatus.Failed, 7, 1, new JobAttribute { FailedTtlSeconds = 365 * 24 * 3600 }));

    [Fact]
    public void The_time_that_the_caller_asked_for_stands_however_the_job_ends_also_where_it_is_the_tools() =>
        Assert.Equal(Rows.Now.AddDays(7), End(JobStatus.Failed, 7, 1, new JobAttribute { FailedTtlSeconds = 3600 }, new JobOptions { TtlMs = 7L * 24 * 3600 * 1000 }));

    private static DateTimeOffset? End(JobStatus status, double ttlDays, double endedAfterDays, JobAttribute terms, JobOptions? options = null)
    {
        var row = Rows.Running() with { Status = status, EndedAt = Rows.Now.AddDays(endedAfterDays), ExpiresAt = Rows.Now.AddDays(ttlDays), Options = options };
        return JobExpiry.AtEnd(row, terms, Longest, KeepEnded).ExpiresAt;
    }
}
