using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Tests;

/// <summary>Jobs that are tried again by hand: what breaks the promise is found, and what is allowed is not.</summary>
public sealed class RetryTests
{
    private const string Second = "00000000000000000000000000000002";
    private const string Third = "00000000000000000000000000000003";
    private const string Fourth = "00000000000000000000000000000004";

    [Fact]
    public void A_job_that_is_tried_again_twice_as_one_passes() => Assert.Empty(Cancelled().Retry(Second).Retry(Second).Findings);

    [Fact]
    public void A_retry_of_a_retry_passes() => Assert.Empty(Cancelled().Retry(Second).Retry(Third, retryOf: Second)
        .Effect("start", note: Story.Token(), job: Second, family: Story.Handle).Effect("start", note: Story.Token(), job: Third, family: Story.Handle).Findings);

    [Fact]
    public void A_retry_that_goes_on_after_the_checkpoint_passes() => Assert.Empty(Saved().Retry(Second)
        .Effect("start", step: 1, job: Second, family: Story.Handle).Effect("step", step: 2, job: Second, family: Story.Handle).Findings);

    [Fact]
    public void A_retry_of_one_that_never_began_passes() => Assert.Empty(Cancelled().Retry(Second).Retry(Third, of: Second)
        .Retry(Fourth, of: Second, retryOf: Third)
        .Effect("start", note: Story.Token(), job: Third, family: Story.Handle).Effect("start", note: Story.Token(), job: Fourth, family: Story.Handle).Findings);

    [Fact]
    public void A_job_that_is_tried_again_as_two_is_found() => AssertBroken(Promise.RetryIsOneJob, Cancelled().Retry(Second).Retry(Third));

    [Fact]
    public void A_job_that_completed_and_is_tried_again_is_found() =>
        AssertBroken(Promise.RetryIsOneJob, new Story().Create().Steps(1, 0, 2).Completed().Retry(Second));

    [Fact]
    public void More_jobs_than_were_asked_for_are_found() => AssertBroken(Promise.RetryIsOneJob, Cancelled().Retry(Second)
        .Effect("start", note: Story.Token(), job: Second, family: Story.Handle).Effect("start", note: Story.Token(), job: Third, family: Story.Handle));

    [Fact]
    public void A_retry_that_lost_the_checkpoint_is_found() =>
        AssertBroken(Promise.NoCheckpointIsLost, Saved().Retry(Second).Effect("start", step: 0, job: Second, family: Story.Handle));

    [Fact]
    public void A_retry_that_does_the_work_of_a_step_again_is_found() => AssertBroken(Promise.StepRunsOnce, Once().Retry(Second)
        .Effect("start", note: Story.Token(), job: Second, family: Story.Handle).Effect("work", step: 1, note: "b", job: Second, family: Story.Handle));

    [Fact]
    public void A_retry_that_gets_another_result_of_a_step_is_found() => AssertBroken(Promise.StepRunsOnce, Once().Retry(Second)
        .Effect("start", note: Story.Token(), job: Second, family: Story.Handle).Effect("kept", step: 1, note: "b", job: Second, family: Story.Handle));

    [Fact]
    public void Work_of_the_earlier_job_that_comes_late_passes() => Assert.Empty(Once().Retry(Second)
        .Effect("start", note: Story.Token(), job: Second, family: Story.Handle).Effect("work", step: 2, note: "c", job: Second, family: Story.Handle)
        .Effect("work", step: 2, note: "b").Effect("kept", step: 2, note: "c", job: Second, family: Story.Handle).Findings);

    [Fact]
    public void A_retry_of_somebody_elses_job_is_found() => AssertBroken(Promise.NobodyElseSeesIt, new Story().Create().Call(
        "tools/call", Story.Result($$"""{"content":[],"structuredContent":{"job_id":"{{Story.Handle}}","status":"running"},"isError":false}"""), Story.Eve, tool: "job_retry", handle: Story.Handle));

    private static Story Cancelled() => new Story().Create().Effect("start", note: Story.Token()).Cancel().Get("cancelled");

    private static Story Saved() => new Story().Create().Steps(1, 0, 2, ends: false).Cancel().Get("cancelled");

    private static Story Once() => new Story().Create("chaos_once", """{"steps":2}""").Effect("start", note: Story.Token())
        .Effect("work", step: 1, note: "a").Effect("kept", step: 1, note: "a").Cancel().Get("cancelled");

    private static void AssertBroken(Promise promise, Story story)
    {
        Assert.Equal([promise], story.Broken.Distinct());
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
