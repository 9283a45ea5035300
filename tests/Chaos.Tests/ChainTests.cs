using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Tests;

/// <summary>Calls that follow jobs: what breaks the promise is found, and what is allowed is not.</summary>
public sealed class ChainTests
{
    private const string Second = "00000000000000000000000000000002";
    private const string Third = "00000000000000000000000000000003";
    private const string One = "tok-blue.ann-2";
    private const string Two = "tok-blue.ann-3";

    [Fact]
    public void A_call_that_followed_once_passes() => Assert.Empty(Ended("completed").Link(Second, One).Findings);

    [Fact]
    public void A_call_whose_second_attempt_went_on_passes() => Assert.Empty(Ended("completed").Link(Second, One, ends: false)
        .Effect("start", 2, note: One, job: Second).Effect("link", 2, note: $"{Story.Handle} completed", job: Second).Effect("end", 2, job: Second).Findings);

    [Fact]
    public void Two_calls_in_a_row_pass() => Assert.Empty(Ended("ended", next: Two).Link(Second, One).Link(Third, Two, Second).Findings);

    [Fact]
    public void An_ending_that_nothing_is_to_follow_passes() => Assert.Empty(Ended("failed").Findings);

    [Fact]
    public void A_job_and_the_one_that_tries_it_again_are_each_followed() => Assert.Empty(new Story()
        .Create(then: Then("ended")).Cancel().Get("cancelled").Link(Third, One, status: "cancelled")
        .Retry(Second).Effect("start", note: Story.Token(), job: Second, family: Story.Handle).Findings);

    [Fact]
    public void A_call_that_never_followed_is_found() => AssertBroken(Ended("completed"));

    [Fact]
    public void A_second_call_that_never_followed_is_found() => AssertBroken(Ended("ended", next: Two).Link(Second, One));

    [Fact]
    public void A_call_that_did_not_end_is_found() => AssertBroken(Ended("completed").Link(Second, One, ends: false));

    [Fact]
    public void A_call_that_followed_twice_is_found() => AssertBroken(Ended("completed").Link(Second, One).Link(Third, One));

    [Fact]
    public void A_call_that_followed_twice_a_job_which_nobody_knows_is_found() => AssertBroken(
        new Story().Call("tools/call", null, tool: "chaos_steps", token: Story.Token(), sent: "{}", outcome: Checker.Records.Outcome.Broken, then: Then("completed"))
            .Link(Second, One).Link(Third, One));

    [Fact]
    public void A_call_that_follows_another_ending_is_found() => AssertBroken(Ended("failed").Link(Second, One));

    [Fact]
    public void A_call_that_is_told_another_ending_is_found() => AssertBroken(Ended("ended").Link(Second, One, status: "failed"));

    [Fact]
    public void A_call_that_runs_as_another_tenants_is_found() => AssertBroken(Ended("completed").Link(Second, One, tenant: "red"), Promise.NobodyElseSeesIt);

    private static string Then(string when, string? next = null) =>
        $$"""{"tool":"chaos_link","arguments":{"token":"{{One}}"},"when":"{{when}}"{{(next is null ? "" : $",\"then\":{{\"tool\":\"chaos_link\",\"arguments\":{{\"token\":\"{next}\"}},\"when\":\"completed\"}}")}}}""";

    private static Story Ended(string when, string? next = null) =>
        new Story().Create(then: Then(when, next)).Steps(1, 0, 2).Completed().Final().Completed(via: Story.First).Completed(via: Story.Second);

    private static void AssertBroken(Story story, Promise promise = Promise.NextCallHappensOnce)
    {
        Assert.Equal([promise], story.Broken);
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
