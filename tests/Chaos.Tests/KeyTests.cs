using Actors.Chaos.Checker.Promises;
using Actors.Chaos.Checker.Records;

namespace Actors.Chaos.Tests;

/// <summary>Calls with keys: what breaks the promise is found, and what is allowed is not.</summary>
public sealed class KeyTests
{
    private const string Other = "00000000000000000000000000000002";
    private const string Arguments = """{"steps":2}""";
    private const string Altered = """{"steps":3}""";

    [Fact]
    public void Calls_with_one_key_that_are_one_job_pass() => Assert.Empty(new Story()
        .Create(key: "k").Create(key: "k").Call("tools/call", null, tool: "chaos_steps", token: Story.Token(), sent: Arguments, outcome: Outcome.Broken, key: "k")
        .Conflict("k", Altered)
        .Effect("start", note: Story.Token()).Effect("start", attempt: 2, note: Story.Token())
        .Findings);

    [Fact]
    public void The_same_key_of_two_callers_is_two_jobs() => Assert.Empty(new Story().Create(key: "k").Create(caller: Story.Bob, handle: Other, key: "k").Findings);

    [Fact]
    public void A_refusal_for_a_job_whose_call_was_lost_passes() => Assert.Empty(new Story()
        .Call("tools/call", null, tool: "chaos_steps", token: Story.Token(), sent: Arguments, outcome: Outcome.TimedOut, key: "k")
        .Conflict("k", Altered)
        .Findings);

    [Fact]
    public void Two_jobs_of_one_key_are_found() => AssertBroken(Promise.KeyMeansOneJob, new Story().Create(key: "k").Create(handle: Other, key: "k"));

    [Fact]
    public void Two_jobs_of_one_key_of_which_one_was_never_acknowledged_are_found() => AssertBroken(Promise.KeyMeansOneJob, new Story()
        .Create(key: "k")
        .Effect("start", note: Story.Token()).Effect("start", note: Story.Token(), job: Other));

    [Fact]
    public void Other_arguments_that_are_joined_are_found() => AssertBroken(Promise.KeyConflictIsRefused, new Story().Create(key: "k").Create(arguments: Altered, key: "k"));

    [Fact]
    public void The_same_arguments_that_are_refused_are_found()
    {
        AssertBroken(Promise.KeyConflictIsRefused, new Story().Create(key: "k").Conflict("k", Arguments));
        AssertBroken(Promise.KeyConflictIsRefused, new Story().Conflict("k", Arguments));
    }

    [Fact]
    public void A_refusal_that_names_another_job_is_found() => AssertBroken(Promise.KeyConflictIsRefused, new Story().Create(key: "k").Conflict("k", Altered, Other));

    [Fact]
    public void A_key_that_joins_another_callers_job_is_found() => AssertBroken(
        [Promise.HandleStaysKnown, Promise.NobodyElseSeesIt], new Story().Create(key: "k").Create(caller: Story.Eve, key: "k"));

    private static void AssertBroken(Promise promise, Story story) => AssertBroken([promise], story);

    private static void AssertBroken(Promise[] promises, Story story)
    {
        Assert.Equal(promises.Order(), story.Broken.Order());
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
