using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Tests;

/// <summary>Calls that are refused because of a limit: one that is started all the same is found, and one that is not told the truth.</summary>
public sealed class RefusalTests
{
    [Fact]
    public void A_call_that_is_refused_and_not_started_passes() => Assert.Empty(new Story().Limit(waiting: 3).Full(3, 3).Findings);

    [Fact]
    public void A_call_that_was_in_doubt_before_it_was_refused_may_run() => Assert.Empty(new Story().Limit(waiting: 3)
        .Call("tools/call", null, tool: "chaos_steps", token: Story.Token(), sent: "{}", outcome: Outcome.TimedOut, key: "k")
        .Full(3, 3).Effect("start", note: Story.Token()).Findings);

    [Fact]
    public void A_refused_call_that_runs_is_found() => AssertBroken(Promise.RefusedIsNotStarted, new Story().Limit(waiting: 3).Full(3, 3).Effect("start", note: Story.Token()));

    [Fact]
    public void A_refusal_that_is_not_true_is_found()
    {
        AssertBroken(Promise.ErrorsAreClear, new Story().Full(3, 3));
        AssertBroken(Promise.ErrorsAreClear, new Story().Limit(waiting: 4).Full(3, 3));
        AssertBroken(Promise.ErrorsAreClear, new Story().Limit(waiting: 3).Full(3, 2));
        AssertBroken(Promise.ErrorsAreClear, new Story().Limit(waiting: 3).Full(3, 3, retryAfterMs: 0));
    }

    private static void AssertBroken(Promise promise, Story story)
    {
        Assert.Equal([promise], story.Broken);
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
