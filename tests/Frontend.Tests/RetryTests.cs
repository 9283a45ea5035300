using Actors.Frontend.Mcp.Errors;
using Actors.Frontend.Mcp.Tasks;
using Actors.Frontend.Retries;
using Actors.Jobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Xunit;

namespace Actors.Frontend.Tests;

/// <summary>What is tried again, for how long, and what a watch that moved to another silo shows.</summary>
public sealed class RetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_that_goes_away_twice_is_got_over()
    {
        var calls = 0;

        var answer = await Policy(TimeSpan.FromSeconds(30)).RunAsync(
            () => ++calls < 3 ? throw new SiloUnavailableException("gone") : ValueTask.FromResult("there"), Token);

        Assert.Equal(("there", 3), (answer, calls));
    }

    [Fact]
    public async Task What_would_fail_again_is_not_tried_again()
    {
        var calls = 0;

        await Assert.ThrowsAsync<FormatException>(async () => await Policy(TimeSpan.FromSeconds(30)).RunAsync<int>(
            () =>
            {
                calls++;
                throw new FormatException("wrong");
            },
            Token));

        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task What_stays_away_ends_with_try_again()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(async () => await Policy(TimeSpan.FromMilliseconds(200)).RunAsync<int>(
            () => throw new SiloUnavailableException("gone"), Token));

        Assert.Equal(Refusal.Unavailable, refused.Refusal);
    }

    [Fact]
    public async Task What_never_answers_ends_with_try_again_too()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(async () => await Policy(TimeSpan.FromMilliseconds(200)).RunAsync(
            () => new ValueTask<int>(new TaskCompletionSource<int>().Task), Token));

        Assert.Equal(Refusal.Unavailable, refused.Refusal);
    }

    [Theory]
    [InlineData(JobStatus.Running, 1, 3.0, false)]
    [InlineData(JobStatus.Running, 1, 2.0, false)]
    [InlineData(JobStatus.Running, 1, 4.0, true)]
    [InlineData(JobStatus.Queued, 1, 3.0, true)]
    [InlineData(JobStatus.Completed, 1, 3.0, true)]
    [InlineData(JobStatus.Running, 2, null, true)]
    [InlineData(JobStatus.Completed, 0, 3.0, false)]
    public void A_watch_that_moved_shows_what_is_new_and_nothing_older(JobStatus status, int attempt, double? progress, bool isNews) =>
        Assert.Equal(isNews, JobNews.Is(Job(status, attempt, progress), seen: Job(JobStatus.Running, 1, 3.0)));

    [Fact]
    public void Nothing_is_news_after_the_end() =>
        Assert.False(JobNews.Is(Job(JobStatus.Running, 1, 9.0), seen: Job(JobStatus.Completed, 1, 3.0)));

    private static RetryPolicy Policy(TimeSpan patience) => new(
        Options.Create(new RetryOptions { Patience = patience, FirstPause = TimeSpan.FromMilliseconds(10) }), TimeProvider.System, NullLogger<RetryPolicy>.Instance);

    private static JobSnapshot Job(JobStatus status, int attempt, double? progress) => new()
    {
        Id = "1",
        Tool = "it",
        Status = status,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Attempt = attempt,
        Progress = progress is { } done ? new JobProgress(done, 10, null) : null,
    };
}
