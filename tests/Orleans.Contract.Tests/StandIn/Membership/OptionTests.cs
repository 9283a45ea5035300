using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Orleans.Contract.Tests.StandIn.AdoNet;
using Orleans.Hosting;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>What the options of the membership change.</summary>
public sealed class OptionTests(PostgresServer server)
{
    private readonly Network _network = new();

    [Fact]
    public async Task With_liveness_off_nobody_is_declared_dead()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 3), options => options.LivenessEnabled = false);
        await using var _ = new MemberGroup(members);
        await members[0].SeesAsync(view => view.Active.Length == 3);
        _network.Fault(members[0].Address, members[2].Address, ProbeOutcome.Gone);
        for (var probe = 0; probe < 3; probe++) await _network.NextFaultAsync(members[0].Address, members[2].Address);
        await members[0].Membership.RefreshAsync(default, CancellationToken.None);
        Assert.Equal(3, members[0].View.Active.Length);
        Assert.Empty(members[0].View.Find(members[2].Address)!.Votes);
    }

    [Fact]
    public async Task Without_gossip_changes_are_known_by_the_next_reading_of_the_table()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 3), options =>
        {
            options.UseLivenessGossip = false;
            options.TableRefreshTimeout = TimeSpan.FromMilliseconds(100);
        });
        await using var _ = new MemberGroup(members);
        foreach (var member in members) await member.SeesAsync(view => view.Active.Length == 3);
        await members[2].Host.StopAsync();
        foreach (var member in members[..2]) await member.SeesAsync(members[2].Address, SiloStatus.Dead);
    }

    [Fact]
    public async Task A_killed_silo_is_found_when_each_silo_watches_only_one_other()
    {
        var members = await Member.StartAsync(_network, await DatabaseAsync(), Enumerable.Range(10_001, 6), options => options.NumProbedSilos = 1);
        await using var _ = new MemberGroup(members);
        foreach (var member in members) await member.SeesAsync(view => view.Active.Length == 6);
        members[5].Kill();
        foreach (var member in members[..5]) await member.SeesAsync(members[5].Address, SiloStatus.Dead);
    }

    [Fact]
    public async Task The_applications_own_data_source_is_used_and_left_open()
    {
        var database = await DatabaseAsync();
        await using var source = NpgsqlDataSource.Create(database);
        await using (await Member.StartAsync(
            _network, "", 10_001, services: services => services.Configure<AdoNetClusteringSiloOptions>(options => options.DataSource = source)))
        {
        }

        await using var command = source.CreateCommand("SELECT Status FROM OrleansMembershipTable");
        Assert.Equal((int)SiloStatus.Dead, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_silo_stops_though_its_table_is_away()
    {
        await using var postgres = await RestartablePostgres.StartAsync();
        await using var member = await Member.StartAsync(_network, postgres.ConnectionString, 10_001);
        await postgres.StopAsync();
        await member.Host.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_silo_on_its_own_is_its_clusters_only_member()
    {
        await using var silo = await TestSilo.StartAsync();
        var snapshot = silo.Host.Services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot;
        var member = Assert.Single(snapshot.Members.Values);
        Assert.Equal(
            (SiloStatus.Active, silo.Host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress), (member.Status, member.SiloAddress));
    }

    [Theory]
    [InlineData(nameof(ClusterMembershipOptions.ProbeTimeout))]
    [InlineData(nameof(ClusterMembershipOptions.NumVotesForDeathDeclaration))]
    [InlineData(nameof(ClusterMembershipOptions.IAmAliveTablePublishTimeout))]
    public async Task Options_that_make_no_sense_do_not_start(string option)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo.UseLocalhostClustering().Configure<ClusterMembershipOptions>(options =>
        {
            var property = typeof(ClusterMembershipOptions).GetProperty(option)!;
            property.SetValue(options, Activator.CreateInstance(property.PropertyType));
        }));
        using var host = builder.Build();
        var refusal = await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync());
        Assert.Contains(option, refusal.Message, StringComparison.Ordinal);
    }

    private Task<string> DatabaseAsync() => server.CreateDatabaseAsync(withSchema: false);
}
