using Actors.Testing;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>How silos come into the cluster, whatever an earlier one has left behind.</summary>
public sealed class JoinTests(PostgresServer server)
{
    private readonly Network _network = new();

    [Fact]
    public async Task Eight_silos_that_start_at_once_all_see_eight_active()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 8));
        await using var _ = new MemberGroup(members);
        foreach (var member in members)
        {
            await member.SeesAsync(view => view.Active.Length == 8);
            Assert.All(member.View.Members, row => Assert.Empty(row.Votes));
        }
    }

    [Fact]
    public async Task A_row_holds_the_silos_name_and_gateway()
    {
        await using var member = await Member.StartAsync(_network, await DatabaseAsync(), 10_001);
        var row = Assert.Single(member.View.Active);
        Assert.Equal(("silo-10001", "host", 30_001), (row.Name, row.HostName, row.GatewayPort));
        Assert.Equal(member.Address, row.Address);
        Assert.NotEqual(default, row.StartTime);
    }

    [Fact]
    public async Task A_cluster_that_was_killed_whole_restarts_on_other_ports()
    {
        var database = await DatabaseAsync();
        var before = await Member.StartAsync(_network, database, Enumerable.Range(10_001, 3));
        await using var _ = new MemberGroup(before);
        foreach (var member in before) member.Kill();

        var after = await Member.StartAsync(_network, database, Enumerable.Range(11_001, 3));
        await using var __ = new MemberGroup(after);
        foreach (var member in after) await member.SeesAsync(view => view.Active.Length == 3);
        foreach (var dead in before) await after[0].SeesAsync(dead.Address, SiloStatus.Dead);
        Assert.Equal(after.Select(member => member.Address).Order(), after[0].View.Active.Select(row => row.Address));
    }

    [Fact]
    public async Task A_silo_whose_signs_of_life_are_old_does_not_hold_up_a_join_even_when_nothing_refuses()
    {
        var database = await DatabaseAsync();
        await using var dead = await Member.StartAsync(_network, database, 10_001);
        dead.Kill();
        _network.Fault(null, dead.Address, ProbeOutcome.Unanswered); // its machine is gone

        await using var joiner = await Member.StartAsync(_network, database, 11_001, options => options.NumMissedTableIAmAliveLimit = 3);
        Assert.Equal(SiloStatus.Dead, joiner.View.StatusOf(dead.Address));
    }

    [Fact]
    public async Task A_successor_on_the_same_endpoint_declares_its_predecessor_dead()
    {
        var database = await DatabaseAsync();
        await using var other = await Member.StartAsync(_network, database, 10_002, options => options.ProbeTimeout = TimeSpan.FromMinutes(10));
        await using var predecessor = await Member.StartAsync(_network, database, 10_001, options => options.ProbeTimeout = TimeSpan.FromMinutes(10));
        predecessor.Kill();
        _network.Fault(null, predecessor.Address, ProbeOutcome.Unanswered);

        await using var successor = await Member.StartAsync(_network, database, 10_001, options => options.ProbeTimeout = TimeSpan.FromSeconds(1));
        Assert.Equal(SiloStatus.Dead, successor.View.StatusOf(predecessor.Address));
        await other.SeesAsync(predecessor.Address, SiloStatus.Dead);
        await other.SeesAsync(successor.Address, SiloStatus.Active);
    }

    [Fact]
    public async Task A_silo_that_live_silos_refuse_gives_up_and_harms_none_of_them()
    {
        var database = await DatabaseAsync();
        await using var alive = await Member.StartAsync(_network, database, 10_001);
        await using var joiner = Member.Create(_network, database, 10_002, options => options.MaxJoinAttemptTime = TimeSpan.FromSeconds(1));
        _network.Fault(joiner.Address, alive.Address, ProbeOutcome.Gone);

        var refusal = await Assert.ThrowsAsync<OrleansException>(joiner.StartAsync);
        Assert.Contains(alive.Address.ToString(), refusal.Message, StringComparison.Ordinal);
        await alive.Membership.RefreshAsync(default, CancellationToken.None);
        Assert.Equal(SiloStatus.Active, alive.View.StatusOf(alive.Address));
        Assert.Empty(alive.View.Find(alive.Address)!.Votes);
    }

    [Fact]
    public async Task A_silo_that_stops_is_shutting_down_and_then_dead_without_a_vote()
    {
        var database = await DatabaseAsync();
        await using var stays = await Member.StartAsync(_network, database, 10_001);
        await using var leaves = await Member.StartAsync(_network, database, 10_002);
        await stays.SeesAsync(leaves.Address, SiloStatus.Active);
        List<SiloStatus> seen = [];
        stays.Membership.Changed += (_, view) => seen.Add(view.StatusOf(leaves.Address));

        await leaves.Host.StopAsync();
        await stays.SeesAsync(leaves.Address, SiloStatus.Dead);
        Assert.True(seen.SequenceEqual(seen.Order()), string.Join(", ", seen));
        Assert.Empty(stays.View.Find(leaves.Address)!.Votes);
    }

    private Task<string> DatabaseAsync() => server.CreateDatabaseAsync(withSchema: false);
}
