using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Tests;

/// <summary>Steps whose results are kept: work that is done again, or another result, is found.</summary>
public sealed class KeptStepTests
{
    [Fact]
    public void Steps_that_a_later_attempt_found_done_pass() => Assert.Empty(Once()
        .Effect("work", 1, 1, "a").Effect("kept", 1, 1, "a").Effect("work", 1, 2, "b")
        .Effect("kept", 2, 1, "a").Effect("work", 2, 2, "c").Effect("kept", 2, 2, "c")
        .Effect("end", 2).Completed($"{Story.Token()} once a,c attempt 2").Findings);

    [Fact]
    public void Work_that_was_stored_and_not_yet_seen_passes() => Assert.Empty(Once().Effect("work", 1, 1, "a").Effect("kept", 2, 1, "a").Findings);

    [Fact]
    public void Work_that_the_fence_refused_passes() =>
        Assert.Empty(Once().Effect("work", 2, 1, "a").Effect("kept", 2, 1, "a").Effect("work", 1, 1, "b", refused: true).Findings);

    [Fact]
    public void Work_that_is_done_again_is_found() => AssertBroken(Promise.StepRunsOnce, Once().Effect("work", 1, 1, "a").Effect("kept", 1, 1, "a").Effect("work", 2, 1, "b"));

    [Fact]
    public void A_result_that_changes_is_found() => AssertBroken(Promise.StepRunsOnce, Once().Effect("work", 1, 1, "a").Effect("kept", 1, 1, "a").Effect("kept", 2, 1, "b"));

    [Fact]
    public void A_result_of_work_that_was_done_again_is_found() =>
        AssertBroken(Promise.StepRunsOnce, Once().Effect("work", 1, 1, "a").Effect("work", 2, 1, "b").Effect("kept", 2, 1, "a"));

    [Fact]
    public void A_result_without_work_is_found() => AssertBroken(Promise.StepRunsOnce, Once().Effect("kept", 1, 1, "a"));

    [Fact]
    public void A_job_that_ends_with_other_results_is_found() => AssertBroken(
        Promise.ResultIsTheJobsOwn, Once().Effect("work", 1, 1, "a").Effect("kept", 1, 1, "a").Effect("end").Completed($"{Story.Token()} once b attempt 1"));

    private static Story Once() => new Story().Create("chaos_once", """{"steps":2}""");

    private static void AssertBroken(Promise promise, Story story)
    {
        Assert.Equal([promise], story.Broken);
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
