using Actors.Jobs;
using Actors.Silo.Tests.Pack;
using Actors.Tools;

namespace Actors.Silo.Tests;

/// <summary>Attempts that fail, and those that follow.</summary>
public sealed class JobRetryTests(SiloFixture fixture) : IClassFixture<SiloFixture>
{
    private TestSilo Silo => fixture.Silo;

    [Theory]
    [InlineData("io", "An error occurred invoking 'flaky'.")]
    [InlineData("protocol", "busy")]
    [InlineData("transient", "An error occurred invoking 'flaky': the printer is busy")]
    [InlineData("result", "the queue is full")]
    public async Task A_failure_that_may_pass_is_followed_by_another_attempt(string how, string error)
    {
        var done = await Silo.RunAsync(Ask.Tool("flaky", new { failures = 2, how }));
        Assert.Equal((JobStatus.Completed, 3), (done.Status, done.Attempt));
        Assert.Equal($"attempt 3 of {how}", Ask.Text(done.Result));
        Assert.Equal([1, 2], done.Attempts.Select(attempt => attempt.Number));
        Assert.All(done.Attempts, attempt =>
        {
            Assert.Equal((AttemptOutcome.Failed, error, 4), (attempt.Outcome, attempt.Error, attempt.Limit));
            Assert.NotNull(attempt.Silo);
            Assert.True(attempt.StartedAt <= attempt.EndedAt);
        });
    }

    [Theory]
    [InlineData("own")]
    [InlineData("defect")]
    public async Task Any_other_failure_is_the_result(string how)
    {
        var done = await Silo.RunAsync(Ask.Tool("flaky", new { failures = 9, how }));
        Assert.Equal((JobStatus.Completed, 1), (done.Status, done.Attempt));
        Assert.True(Ask.IsError(done.Result));
        Assert.Empty(done.Attempts);
    }

    [Theory]
    [InlineData("transient", -32603, "An error occurred invoking 'flaky': the printer is busy. It was the last of 4 attempts.")]
    [InlineData("protocol", -32050, "busy. It was the last of 4 attempts.")]
    public async Task A_job_without_an_attempt_left_fails_with_the_last_error(string how, int code, string message)
    {
        var done = await Silo.RunAsync(Ask.Tool("flaky", new { failures = 9, how }));
        Assert.Equal((JobStatus.Failed, 4, code, message), (done.Status, done.Attempt, done.Error!.Code, done.Error.Message));
        Assert.Equal(3, done.Attempts.Length);
    }

    [Fact]
    public async Task A_caller_may_ask_for_fewer_attempts_and_never_gets_more_than_the_tool_allows()
    {
        var call = Ask.Tool("flaky", new { failures = 9, how = "transient" });
        Assert.Equal(2, (await RunAsync(call, new RetryTerms { MaxAttempts = 2 })).Attempt);
        Assert.Equal(4, (await RunAsync(call, new RetryTerms { MaxAttempts = 100 })).Attempt);
    }

    [Fact]
    public async Task A_job_that_waits_to_be_tried_again_says_why_and_until_when_and_can_be_cancelled()
    {
        var before = TimeProvider.System.GetUtcNow();
        var created = await Silo.CreateAsync(Ask.Tool("waits_to_retry"));
        var waiting = await Silo.UntilAsync(created.Id, job => job.Status is JobStatus.Queued && job.Attempt == 1);
        Assert.InRange(waiting.StartAt!.Value, before.AddMinutes(45), before.AddMinutes(62));
        Assert.Equal(
            $"Attempt 1 of 5 failed: An error occurred invoking 'waits_to_retry': the printer is busy; the next starts at {waiting.StartAt:yyyy-MM-ddTHH:mm:ssZ}.",
            waiting.StatusMessage);

        var cancelled = await Silo.Job(created.Id).CancelAsync(Ask.Ann, null, TestContext.Current.CancellationToken);
        Assert.Equal((JobStatus.Cancelled, CancelState.Stopped), (cancelled!.Status, cancelled.Cancel));
    }

    [Fact]
    public async Task The_delay_that_a_tool_asks_for_counts()
    {
        var done = await Silo.RunAsync(Ask.Tool("flaky", new { failures = 1, how = "transient", retryAfterMs = 700 }));
        Assert.Equal((JobStatus.Completed, 2), (done.Status, done.Attempt));
        Assert.True(done.AttemptStartedAt - done.Attempts[0].EndedAt >= TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public async Task What_a_tool_does_after_its_time_is_not_written()
    {
        var created = await Silo.CreateAsync(Ask.Tool("overruns", new { gate = "overrun-1" }));
        await Silo.UntilAsync(created.Id, job => job.Attempts is [{ Outcome: AttemptOutcome.TimedOut }]);
        Gates.Open("overrun-1/first");
        await Gates.ArrivedAsync("overrun-1/refused");
        var done = await Silo.EndOfAsync(created.Id);
        Assert.Equal("attempt 2 found nothing", Ask.Text(done.Result));
        Assert.Contains("time limit of 1 s", done.Attempts[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_gives_no_sign_of_life_is_stopped_and_starts_over()
    {
        var done = await Silo.RunAsync(Ask.Tool("falls_silent"));
        Assert.Equal("attempt 2 found nothing", Ask.Text(done.Result));
        var missed = Assert.Single(done.Attempts);
        Assert.Equal((AttemptOutcome.HeartbeatMissed, true), (missed.Outcome, missed.StartsOver));
    }

    [Fact]
    public async Task A_tool_that_must_not_happen_twice_fails_where_it_falls_silent()
    {
        var done = await Silo.RunAsync(Ask.Tool("falls_silent_once"));
        Assert.Equal((JobStatus.Failed, 1), (done.Status, done.Attempt));
        Assert.Contains("no sign of life for 1 s", done.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_that_reports_progress_is_alive() =>
        Assert.Equal("talked on", Ask.Text((await Silo.RunAsync(Ask.Tool("keeps_talking"))).Result));

    [Fact]
    public async Task A_job_is_tried_again_within_its_total_time_and_no_longer()
    {
        var done = await Silo.RunAsync(Ask.Tool("out_of_time"));
        Assert.Equal(JobStatus.Failed, done.Status);
        Assert.Contains("total time of 2 s", done.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("not yet", done.Error.Message, StringComparison.Ordinal);
        Assert.InRange(done.Attempt, 2, 5);
    }

    [Fact]
    public async Task An_attempt_is_stopped_where_the_jobs_total_time_is_over()
    {
        var done = await Silo.RunAsync(Ask.Tool("long_winded", new { gate = "never-1" }));
        Assert.Equal((JobStatus.Failed, "'long_winded' was stopped after its total time of 1 s."), (done.Status, done.Error!.Message));
    }

    private async Task<JobSnapshot> RunAsync(PrimitiveCall call, RetryTerms retry)
    {
        var request = new JobRequest { Call = call, Options = new JobOptions { Retry = retry } };
        var job = await Silo.Grains.GetGrain<IJobGrain>(Silo.NewJob().ToString())
            .CreateAsync(request, TestContext.Current.CancellationToken);
        return await Silo.EndOfAsync(job.Id);
    }
}
