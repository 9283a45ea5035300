using Actors.Storage.Queue;
using Xunit;

namespace Actors.Storage.Tests.Queue;

/// <summary>Who starts next, decided from what waits and what runs alone.</summary>
public sealed class FairShareTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Dictionary<PrincipalKey, Turn> _turns = [];

    [Fact]
    public void Free_slots_are_shared_out_evenly_between_tenants_however_long_their_lines()
    {
        var decision = Decide(10, [Lane("flood", waiting: 1000), Lane("light", waiting: 5)]);
        Assert.Equal((5, 5), (Picked(decision, "flood"), Picked(decision, "light")));
        Assert.True(decision.LeftForSlots);
    }

    [Fact]
    public void Who_has_fewer_running_jobs_is_served_first()
    {
        var decision = Decide(4, [Lane("a", waiting: 10), Lane("b", waiting: 10)], [Owned("a", 3)]);
        Assert.Equal((1, 3), (Picked(decision, "a"), Picked(decision, "b")));
    }

    [Fact]
    public void A_tenant_of_twice_the_weight_gets_twice_the_slots()
    {
        var decision = Decide(9, [Lane("a", waiting: 100), Lane("b", waiting: 100)], limits: new() { ["a"] = Limits(weight: 200) });
        Assert.Equal((6, 3), (Picked(decision, "a"), Picked(decision, "b")));
    }

    [Theory]
    [InlineData(100, 50)]
    [InlineData(300, 75)]
    public void One_slot_that_frees_again_and_again_goes_round_by_weight(int weight, int expected)
    {
        var starts = 0;
        for (var turn = 0; turn < 100; turn++)
        {
            var decision = Decide(1, [Lane("a", waiting: 100), Lane("b", waiting: 100)], limits: new() { ["a"] = Limits(weight) });
            starts += Picked(decision, "a");
            Keep(decision);
        }

        Assert.InRange(starts, expected - 1, expected + 1);
    }

    [Fact]
    public void Who_waited_for_nothing_has_saved_nothing_up()
    {
        for (var turn = 0; turn < 50; turn++) Keep(Decide(1, [Lane("a", waiting: 100)]));

        var starts = 0;
        for (var turn = 0; turn < 20; turn++)
        {
            var decision = Decide(1, [Lane("a", waiting: 100), Lane("late", waiting: 100)]);
            starts += Picked(decision, "late");
            Keep(decision);
        }

        Assert.InRange(starts, 10, 11);
    }

    [Fact]
    public void Within_a_tenant_its_principals_take_turns()
    {
        var decision = Decide(6, [Lane("a", waiting: 1000, subject: "flood"), Lane("a", waiting: 2, subject: "ann"), Lane("a", waiting: 2, subject: "bob")]);
        int Picked(string subject) => decision.Picks.Where(pick => pick.Key.Principal.Subject == subject).Sum(pick => pick.Value);
        Assert.Equal((2, 2, 2), (Picked("flood"), Picked("ann"), Picked("bob")));
    }

    [Fact]
    public void A_tenant_of_many_principals_gets_no_more_than_one_of_few()
    {
        var many = Enumerable.Range(0, 50).Select(i => Lane("many", waiting: 1, subject: $"p{i}"));
        var decision = Decide(10, [.. many, Lane("one", waiting: 50)]);
        Assert.Equal((5, 5), (Picked(decision, "many"), Picked(decision, "one")));
    }

    [Fact]
    public void Of_one_principal_the_higher_priority_comes_first_and_then_the_earlier_start()
    {
        var early = Lane("a", waiting: 1, tool: "early");
        var late = new Lane(early.Key with { Tool = "late" }, [Start.AddSeconds(5)], HasMore: false);
        var urgent = new Lane(early.Key with { Tool = "urgent", Priority = 1 }, [Start.AddSeconds(9)], HasMore: false);
        Assert.Equal(["urgent"], Tools(Decide(1, [late, early, urgent])));
        Assert.Equal(["early", "urgent"], Tools(Decide(2, [late, early, urgent])).Order());
        Assert.Equal(3, Decide(5, [late, early, urgent]).Count);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("principal")]
    [InlineData("tool")]
    [InlineData("tool of a tenant")]
    public void A_limit_counts_what_runs_already_and_lets_only_so_many_more_start(string limit)
    {
        var limits = new Dictionary<string, TenantLimits>
        {
            ["a"] = limit switch
            {
                "tenant" => Limits() with { MaxRunning = 5 },
                "principal" => Limits() with { MaxRunningPerPrincipal = 5 },
                _ => Limits(),
            },
        };
        var tools = new Dictionary<string, ToolLimits>
        {
            ["tool"] = new(limit is "tool" ? 5 : 0, limit is "tool of a tenant" ? 5 : 0),
        };
        var decision = Decide(100, [Lane("a", waiting: 50)], [Owned("a", 3)], limits, tools);
        Assert.Equal(2, decision.Count);
        Assert.True(decision.LeftForLimits);
        Assert.False(decision.LeftForSlots);
        var other = Decide(100, [Lane("b", waiting: 50, tool: "free")], [Owned("a", 3)], limits, tools);
        Assert.Equal((50, false), (other.Count, other.LeftForLimits));
    }

    [Fact]
    public void A_tool_that_is_at_its_limit_holds_back_no_other_tool_of_its_principal()
    {
        var decision = Decide(
            10, [Lane("a", waiting: 50), Lane("a", waiting: 3, tool: "free")], tools: new() { ["tool"] = new(1, 0) });
        Assert.Equal((1, 3), (decision.Picks.Single(pick => pick.Key.Tool == "tool").Value, decision.Picks.Single(pick => pick.Key.Tool == "free").Value));
    }

    [Fact]
    public void A_limit_of_nothing_lets_nothing_start() =>
        Assert.Equal(0, Decide(10, [Lane("a", waiting: 5)], limits: new() { ["a"] = Limits() with { MaxRunning = 0 } }).Count);

    [Fact]
    public void Jobs_that_the_view_does_not_show_are_left_for_the_next_claim()
    {
        var cut = Lane("a", waiting: 3) with { HasMore = true };
        Assert.True(Decide(10, [cut]).LeftForSlots);
        Assert.False(Decide(10, [Lane("a", waiting: 3)]).LeftForSlots);
    }

    private static Lane Lane(string tenant, int waiting, string subject = "ann", string tool = "tool") => new(
        new LaneKey(new PrincipalKey(tenant, "actors", subject), tool, 0), [.. Enumerable.Range(0, waiting).Select(i => Start.AddMilliseconds(i))], HasMore: false);

    private static OwnedJobs Owned(string tenant, int count) => new(new PrincipalKey(tenant, "actors", "ann"), "tool", count);

    private static TenantLimits Limits(int weight = 100) => new() { Weight = weight, MaxTtlSeconds = 1 };

    private static int Picked(ClaimDecision decision, string tenant) => decision.Picks.Where(pick => pick.Key.Tenant == tenant).Sum(pick => pick.Value);

    private static IEnumerable<string> Tools(ClaimDecision decision) => decision.Picks.Keys.Select(lane => lane.Tool);

    private void Keep(ClaimDecision decision)
    {
        foreach (var (owner, turn) in decision.Turns) _turns[owner] = turn;
    }

    private ClaimDecision Decide(
        int slots,
        IReadOnlyList<Lane> lanes,
        IReadOnlyList<OwnedJobs>? owned = null,
        Dictionary<string, TenantLimits>? limits = null,
        Dictionary<string, ToolLimits>? tools = null) => FairShare.Decide(
        new QueueView
        {
            Lanes = lanes,
            Owned = owned ?? [],
            Tenants = lanes.Select(lane => lane.Key.Tenant).Distinct().ToDictionary(tenant => tenant, tenant => limits?.GetValueOrDefault(tenant) ?? Limits()),
            Tools = tools ?? [],
            Turns = _turns,
        },
        slots);
}
