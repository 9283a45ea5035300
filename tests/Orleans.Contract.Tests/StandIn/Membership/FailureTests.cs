using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>How the cluster finds out that a silo is dead, and how a silo finds out that it is held for dead.</summary>
public sealed class FailureTests(PostgresServer server)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(10);

    private readonly Network _network = new();

    [Fact]
    public async Task A_killed_silo_is_declared_dead_and_all_others_know()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 4));
        await using var _ = new MemberGroup(members);
        members[3].Kill();
        foreach (var member in members[..3]) await member.SeesAsync(members[3].Address, SiloStatus.Dead);
        Assert.All(members[..3], member => Assert.Equal(SiloStatus.Active, members[0].View.StatusOf(member.Address)));
    }

    [Fact]
    public async Task A_silo_that_is_silent_needs_two_votes()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 4));
        await using var _ = new MemberGroup(members);
        _network.Fault(null, members[3].Address, ProbeOutcome.Unanswered);
        await members[0].SeesAsync(members[3].Address, SiloStatus.Dead);
        Assert.Equal(2, members[0].View.Find(members[3].Address)!.Votes.Select(vote => vote.Voter).Distinct().Count());
    }

    [Fact]
    public async Task One_silo_that_cannot_reach_another_does_not_kill_it()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 4));
        await using var _ = new MemberGroup(members);
        var (voter, target) = (members[0], members[3].Address);
        _network.Fault(voter.Address, target, ProbeOutcome.Unanswered);
        await voter.SeesAsync(view => view.Find(target)!.Votes.Any(vote => vote.Voter.Equals(voter.Address)));

        // The others have looked for themselves since, and the silo answered them.
        foreach (var other in members[1..3])
        {
            var answers = _network.Answers(other.Address, target);
            await Eventually.TrueAsync(() => Task.FromResult(_network.Answers(other.Address, target) > answers + 1));
        }

        Assert.Equal(SiloStatus.Active, members[1].View.StatusOf(target));
        Assert.Single(members[1].View.Find(target)!.Votes);
    }

    [Fact]
    public async Task A_suspicion_has_the_silo_probed_at_once()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 4), options =>
        {
            options.ProbeTimeout = Never;
            options.IAmAliveTablePublishTimeout = Never;
        });
        await using var _ = new MemberGroup(members);
        members[3].Kill();
        members[0].Membership.Suspect(members[3].Address, "a connection was refused");
        foreach (var member in members[..3]) await member.SeesAsync(members[3].Address, SiloStatus.Dead);
    }

    [Fact]
    public async Task A_suspicion_against_a_silo_that_answers_changes_nothing()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 2), options => options.ProbeTimeout = Never);
        await using var _ = new MemberGroup(members);
        await members[0].SeesAsync(members[1].Address, SiloStatus.Active);
        var answers = _network.Answers(members[0].Address, members[1].Address);
        members[0].Membership.Suspect(members[1].Address, "a call was not answered");
        await Eventually.TrueAsync(() => Task.FromResult(_network.Answers(members[0].Address, members[1].Address) > answers));
        await members[0].Membership.RefreshAsync(default, CancellationToken.None);
        Assert.Equal(SiloStatus.Active, members[0].View.StatusOf(members[1].Address));
        Assert.Empty(members[0].View.Find(members[1].Address)!.Votes);
    }

    [Theory]
    [InlineData(1, SiloStatus.Dead)]
    [InlineData(3_600, SiloStatus.Active)]
    public async Task A_vote_counts_until_it_expires(int ageSeconds, SiloStatus expected)
    {
        var database = await DatabaseAsync();
        var members = await Member.StartAsync(_network, database, Enumerable.Range(10_001, 5));
        await using var _ = new MemberGroup(members);
        var (voter, target) = (members[0], members[4].Address);
        await VoteAsync(database, members[1].Address, target, TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(ageSeconds));

        _network.Fault(voter.Address, target, ProbeOutcome.Unanswered);
        await voter.SeesAsync(view => view.Find(target)!.Votes.Any(vote => vote.Voter.Equals(voter.Address)));
        Assert.Equal(expected, voter.View.StatusOf(target));
    }

    [Fact]
    public async Task A_silo_that_did_not_run_itself_does_not_vote_when_it_wakes()
    {
        var database = await DatabaseAsync();
        var time = new HaltableTime();
        var probeTimeout = TimeSpan.FromSeconds(1);
        await using var steady = await Member.StartAsync(_network, database, 10_001, options => options.NumMissedProbesLimit = 1_000);
        await using var halted = await Member.StartAsync(
            _network, database, 10_002,
            options =>
            {
                options.ProbeTimeout = probeTimeout;
                options.NumMissedProbesLimit = 1;
            },
            services => services.AddSingleton<TimeProvider>(time));

        // It stops while it waits for an answer, for longer than it would have waited.
        var asked = _network.NextFaultAsync(halted.Address, steady.Address);
        _network.Fault(halted.Address, steady.Address, ProbeOutcome.Unanswered);
        await asked;
        time.Halt();
        var since = time.GetTimestamp();
        await Eventually.TrueAsync(() => Task.FromResult(time.GetElapsedTime(since) > 3 * probeTimeout));
        _network.Heal(halted.Address, steady.Address);
        var answers = _network.Answers(halted.Address, steady.Address);
        time.Resume();

        await Eventually.TrueAsync(() => Task.FromResult(_network.Answers(halted.Address, steady.Address) > answers + 1));
        await steady.Membership.RefreshAsync(default, CancellationToken.None);
        Assert.Equal(SiloStatus.Active, steady.View.StatusOf(steady.Address));
        Assert.Empty(steady.View.Find(steady.Address)!.Votes);
    }

    [Fact]
    public async Task Two_of_three_silos_killed_at_once_leave_one_that_goes_on()
    {
        // Their signs of life stay fresh for long, so only the refused connections can tell.
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 3), options => options.IAmAliveTablePublishTimeout = Never);
        await using var _ = new MemberGroup(members);
        members[1].Kill();
        members[2].Kill();
        await members[0].SeesAsync(view => view.Active.Length == 1 && view.StatusOf(members[0].Address) == SiloStatus.Active);
    }

    [Fact]
    public async Task A_silo_that_reads_that_it_is_dead_stops_its_host_with_an_exit_code()
    {
        var database = await DatabaseAsync();
        await using var killer = await Member.StartAsync(_network, database, 10_001);
        await using var victim = await Member.StartAsync(_network, database, 10_002);
        Assert.True(await killer.Host.Services.GetRequiredService<IClusterMembershipService>().TryKill(victim.Address));
        await Stopping(victim).WaitAsync(Deadline);
        Assert.Equal(SelfStop.ExitCode, Environment.ExitCode);
        Environment.ExitCode = 0;
        Assert.False(await killer.Host.Services.GetRequiredService<IClusterMembershipService>().TryKill(victim.Address));
    }

    [Fact]
    public async Task A_dead_silo_whose_host_does_not_stop_ends_the_process()
    {
        var database = await DatabaseAsync();
        await using var killer = await Member.StartAsync(_network, database, 10_001);
        await using var victim = await Member.StartAsync(_network, database, 10_002); // nothing stops this host when its lifetime says so
        await killer.Host.Services.GetRequiredService<IClusterMembershipService>().TryKill(victim.Address);
        Assert.Equal(SelfStop.ExitCode, await victim.Exit.Task.WaitAsync(Deadline));
        Environment.ExitCode = 0;
    }

    [Fact]
    public async Task A_silo_whose_row_was_deleted_stops()
    {
        var database = await DatabaseAsync();
        await using var member = await Member.StartAsync(_network, database, 10_001);
        await ExecuteAsync(database, "DELETE FROM OrleansMembershipTable");
        member.Membership.LookAgain();
        await Stopping(member).WaitAsync(Deadline);
        Environment.ExitCode = 0;
    }

    private static Task Stopping(Member member)
    {
        var stopping = new TaskCompletionSource();
        member.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        return stopping.Task;
    }

    private static Task VoteAsync(string database, SiloAddress voter, SiloAddress target, DateTimeOffset at) => ExecuteAsync(
        database,
        $"""
        UPDATE OrleansMembershipTable SET SuspectTimes = '{voter.ToParsableString()},{at.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff} GMT'
        WHERE Port = {target.Endpoint.Port};
        UPDATE OrleansMembershipVersionTable SET Version = Version + 1
        """);

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Task<string> DatabaseAsync() => server.CreateDatabaseAsync(withSchema: false);
}
