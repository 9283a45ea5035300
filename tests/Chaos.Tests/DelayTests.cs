using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Tests;

/// <summary>Jobs for later: one that begins before its time is found.</summary>
public sealed class DelayTests
{
    [Fact]
    public void A_job_that_begins_at_its_time_passes()
    {
        // The first request starts at one millisecond.
        Assert.Empty(new Story().Create(delayMs: 500).Effect("start", note: Story.Token(), atMs: 501).Findings);
        Assert.Empty(new Story().Create(startAtMs: 700).Effect("start", note: Story.Token(), atMs: 700).Findings);
    }

    [Fact]
    public void Of_two_calls_with_one_key_the_first_may_be_the_one_that_counts() => Assert.Empty(new Story()
        .Call("tools/call", null, tool: "chaos_steps", token: Story.Token(), sent: """{"steps":2}""", outcome: Outcome.Broken, key: "k", delayMs: 500)
        .After(TimeSpan.FromSeconds(1)).Create(key: "k", delayMs: 500).Effect("start", note: Story.Token(), atMs: 501).Findings);

    [Fact]
    public void A_job_that_begins_too_early_is_found()
    {
        AssertBroken(new Story().Create(delayMs: 500).Effect("start", note: Story.Token(), atMs: 480));
        AssertBroken(new Story().Create(startAtMs: 700).Effect("start", note: Story.Token(), atMs: 690));
    }

    private static void AssertBroken(Story story)
    {
        Assert.Equal([Promise.NothingStartsEarly], story.Broken);
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
