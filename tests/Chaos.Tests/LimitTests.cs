using Actors.Chaos.Checker.Promises;

namespace Actors.Chaos.Tests;

/// <summary>Limits of running jobs: one too many at any instant is found, and what only looks like it is not.</summary>
public sealed class LimitTests
{
    private const string InCluster = "chaos_limited";
    private const string InTenant = "chaos_limited_tenant";

    [Fact]
    public void As_many_as_are_allowed_pass() => Assert.Empty(Beating(InCluster, 3, 100, 200).Findings);

    [Fact]
    public void Jobs_one_after_the_other_pass() => Assert.Empty(
        Beating(InCluster, 3, 100, 200).Beats(InCluster, Handle(4), 200, 300).Beats(InCluster, Handle(5), 210, 300).Findings);

    [Fact]
    public void An_attempt_that_worked_on_when_the_job_was_not_its_own_any_more_passes() =>
        Assert.Empty(Beating(InCluster, 3, 100, 200).Beats(InCluster, Handle(4), 120, 180, isHeld: false).Findings);

    [Fact]
    public void What_a_kill_cut_off_does_not_hold_its_place() => Assert.Empty(
        Beating(InCluster, 3, 100, 200).Beats(InCluster, Handle(1), 400, 500, attempt: 2)
            .Beats(InCluster, Handle(4), 250, 450).Beats(InCluster, Handle(5), 250, 450).Findings);

    [Fact]
    public void As_many_as_are_allowed_of_each_tenant_pass() => Assert.Empty(
        Beating(InTenant, 2, 100, 200).Beats(InTenant, Handle(3), 100, 200, tenant: "red").Beats(InTenant, Handle(4), 100, 200, tenant: "red").Findings);

    [Fact]
    public void One_too_many_in_the_cluster_is_found() => AssertBroken(Beating(InCluster, 4, 100, 200));

    [Fact]
    public void One_too_many_of_a_tenant_is_found() => AssertBroken(Beating(InTenant, 3, 100, 200));

    [Fact]
    public void One_too_many_for_an_instant_is_found() => AssertBroken(Beating(InCluster, 3, 100, 200).Create(handle: Handle(4)).Beats(InCluster, Handle(4), 198, 300));

    [Fact]
    public void As_many_as_an_operator_allows_pass()
    {
        Assert.Empty(Working(3).Limit(running: 3).Findings);
        Assert.Empty(Working(3).Limit(ofPrincipal: 3).Findings);
        // Of somebody else in the same tenant.
        Assert.Empty(Working(2).Effect("start", note: Story.Token(Story.Bob), job: Handle(9), atMs: 100, heldMs: 99)
            .Effect("step", step: 1, job: Handle(9), atMs: 200, heldMs: 199).Limit(ofPrincipal: 2).Findings);
    }

    [Fact]
    public void More_than_an_operator_allows_pass_before_and_after() =>
        Assert.Empty(Working(3).Limit(running: 2, fromMs: 201).Limit(ofPrincipal: 2, toMs: 99).Findings);

    [Fact]
    public void One_more_than_an_operator_allows_a_tenant_is_found() => AssertBroken(Working(3).Limit(running: 2));

    [Fact]
    public void One_more_than_an_operator_allows_a_principal_is_found() => AssertBroken(Working(3).Limit(ofPrincipal: 2));

    private static Story Working(int jobs)
    {
        var story = new Story();
        for (var job = 1; job <= jobs; job++)
        {
            var token = $"tok-blue.ann-{job}";
            story.Create(handle: Handle(job), token: token).Effect("start", note: token, job: Handle(job), atMs: 100, heldMs: 99)
                .Effect("step", step: 1, job: Handle(job), atMs: 200, heldMs: 199);
        }

        return story;
    }

    private static Story Beating(string tool, int jobs, double fromMs, double toMs)
    {
        var story = new Story();
        for (var job = 1; job <= jobs; job++)
            story.Create(tool, handle: Handle(job)).Beats(tool, Handle(job), fromMs, toMs);
        return story;
    }

    private static string Handle(int number) => $"{number:x32}";

    private static void AssertBroken(Story story)
    {
        Assert.Equal([Promise.LimitIsKept], story.Broken);
        Assert.All(story.Findings, finding => Assert.NotEmpty(finding.Calls));
    }
}
