using System.Collections.Immutable;
using System.Net;
using Actors.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.AdoNet;
using Orleans.Contract.Tests.StandIn.AdoNet;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Membership;

/// <summary>The membership's tables: when they are away, when others made them, and what else is in them.</summary>
public sealed class TableTests(PostgresServer server)
{
    private readonly Network _network = new();

    [Fact]
    public async Task The_cluster_outlives_its_table_and_uses_it_again_when_it_is_back()
    {
        await using var postgres = await RestartablePostgres.StartAsync();
        var members = await Member.StartAsync(
            _network, postgres.ConnectionString, Enumerable.Range(10_001, 3), options => options.TableRefreshTimeout = TimeSpan.FromMilliseconds(100));
        await using var _ = new MemberGroup(members);
        foreach (var member in members) await member.SeesAsync(view => view.Active.Length == 3);

        await postgres.StopAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => members[0].Membership.RefreshAsync(default, CancellationToken.None).AsTask());
        var answers = _network.Answers(members[0].Address, members[1].Address);
        await Eventually.TrueAsync(() => Task.FromResult(_network.Answers(members[0].Address, members[1].Address) > answers + 5));
        Assert.All(members, member =>
        {
            Assert.Equal(3, member.View.Active.Length);
            Assert.False(member.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        });

        members[2].Kill();
        await postgres.StartAgainAsync();
        foreach (var member in members[..2]) await member.SeesAsync(members[2].Address, SiloStatus.Dead);
        Assert.Equal(2, members[0].View.Active.Length);
    }

    [Fact]
    public async Task A_silo_waits_for_a_database_that_is_not_there_yet()
    {
        await using var postgres = await RestartablePostgres.StartAsync();
        await postgres.StopAsync();
        await using var member = Member.Create(_network, postgres.ConnectionString, 10_001);
        var starting = member.StartAsync();
        await postgres.StartAgainAsync();
        await starting;
        Assert.Equal(SiloStatus.Active, member.View.StatusOf(member.Address));
    }

    [Fact]
    public async Task Eight_processes_that_open_an_empty_database_at_once_agree_on_one_table_and_one_secret()
    {
        var database = await DatabaseAsync();
        var tables = Enumerable.Range(0, 8).Select(_ => Table(database)).ToArray();
        var secrets = await Task.WhenAll(tables.Select(table => Task.Run(async () =>
        {
            await table.OpenAsync(CancellationToken.None);
            return await table.ReadSecretAsync(CancellationToken.None);
        })));
        Assert.Equal(32, secrets[0].Length);
        Assert.All(secrets, secret => Assert.Equal(secrets[0], secret));
        Assert.NotEqual(secrets[0], await Table(database, "another").ReadSecretAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_configured_secret_goes_before_the_databases_own()
    {
        var table = Table(await DatabaseAsync());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Orleans:ClusterSecret", "of the team")]).Build();
        Assert.Equal("of the team"u8.ToArray(), (await new ClusterSecret(configuration, table).GetAsync(CancellationToken.None)).ToArray());
        var own = await new ClusterSecret(new ConfigurationBuilder().Build(), table).GetAsync(CancellationToken.None);
        Assert.Equal(await table.ReadSecretAsync(CancellationToken.None), own.ToArray());
    }

    [Fact]
    public async Task Of_two_writes_at_the_same_version_one_wins()
    {
        var table = Table(await DatabaseAsync());
        await table.OpenAsync(CancellationToken.None);
        var version = (await table.ReadAsync(CancellationToken.None)).Version;
        var results = await Task.WhenAll(Enumerable.Range(1, 10).Select(port => table.InsertAsync(Row(port), version, CancellationToken.None)));
        Assert.Single(results, isWritten => isWritten);

        var view = await table.ReadAsync(CancellationToken.None);
        Assert.Equal(version.Value + 1, view.Version.Value);
        var row = Assert.Single(view.Members);
        Assert.False(await table.InsertAsync(row, view.Version, CancellationToken.None)); // it is there
        Assert.False(await table.UpdateAsync(row, version, CancellationToken.None)); // the version is gone
        Assert.False(await table.UpdateAsync(Row(99), view.Version, CancellationToken.None)); // there is no such row
        Assert.Equal(view.Version, (await table.ReadAsync(CancellationToken.None)).Version);
    }

    [Fact]
    public async Task A_row_comes_back_as_it_was_written()
    {
        var table = Table(await DatabaseAsync());
        await table.OpenAsync(CancellationToken.None);
        var row = Row(7) with { GatewayPort = 30_007 };
        Assert.True(await table.InsertAsync(row, default, CancellationToken.None));
        var votes = ImmutableArray.Create(new DeathVote(Row(1).Address, row.StartTime), new DeathVote(Row(2).Address, row.StartTime.AddSeconds(1)));
        Assert.True(await table.UpdateAsync(
            row with { Status = SiloStatus.ShuttingDown, Votes = votes, IAmAliveTime = row.IAmAliveTime.AddDays(-1) }, new MembershipVersion(1), CancellationToken.None));

        var read = Assert.Single((await table.ReadAsync(CancellationToken.None)).Members);
        Assert.Equal((row.Address, SiloStatus.ShuttingDown, row.Name, row.HostName, 30_007), (read.Address, read.Status, read.Name, read.HostName, read.GatewayPort));
        Assert.Equal((row.StartTime, row.IAmAliveTime), (read.StartTime, read.IAmAliveTime)); // a sign of life is not taken back
        Assert.Equal(votes, read.Votes);
    }

    [Fact]
    public async Task Rows_of_silos_long_dead_are_removed_and_active_ones_are_not()
    {
        var database = await DatabaseAsync();
        var table = Table(database);
        await table.OpenAsync(CancellationToken.None);
        var old = TimeProvider.System.GetUtcNow().AddDays(-8);
        await table.InsertAsync(Row(1) with { Status = SiloStatus.Dead, IAmAliveTime = old }, default, CancellationToken.None);
        await table.InsertAsync(Row(2) with { Status = SiloStatus.Dead }, new MembershipVersion(1), CancellationToken.None);

        await using var member = await Member.StartAsync(_network, database, 10_001, options => options.DefunctSiloCleanupPeriod = TimeSpan.FromMilliseconds(100));
        await Eventually.TrueAsync(async () => (await table.ReadAsync(CancellationToken.None)).Members.All(row => row.Address.Endpoint.Port != 1));
        Assert.Equal([2, 10_001], (await table.ReadAsync(CancellationToken.None)).Members.Select(row => row.Address.Endpoint.Port).Order());
    }

    [Fact]
    public async Task No_more_dead_rows_are_kept_than_the_options_allow()
    {
        var database = await DatabaseAsync();
        var table = Table(database);
        await table.OpenAsync(CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 1; i <= 5; i++)
            await table.InsertAsync(
                Row(i) with { Status = SiloStatus.Dead, IAmAliveTime = now.AddMinutes(-i) }, new MembershipVersion(i - 1), CancellationToken.None);

        await using var member = await Member.StartAsync(_network, database, 10_001, options =>
        {
            options.DefunctSiloCleanupPeriod = TimeSpan.FromMilliseconds(100);
            options.MaxDefunctSiloEntries = 2;
        });
        await Eventually.TrueAsync(async () => (await table.ReadAsync(CancellationToken.None)).Members.Length <= 3);
        Assert.Equal([1, 2, 10_001], (await table.ReadAsync(CancellationToken.None)).Members.Select(row => row.Address.Endpoint.Port).Order());
    }

    [Fact]
    public async Task A_client_reads_the_gateways_of_active_silos()
    {
        var database = await DatabaseAsync();
        var members = await Member.StartAsync(_network, database, Enumerable.Range(10_001, 2));
        await using var _ = new MemberGroup(members);
        var builder = Host.CreateApplicationBuilder();
        var services = builder.Services;
        services.AddGatewayList();
        services.AddSingleton<IGatewayTable>(Table(database));
        using var provider = services.BuildServiceProvider();
        var gateways = provider.GetRequiredService<GatewayList>();

        Assert.Equal(
            members.Select(member => SiloAddress.New(IPAddress.Loopback, member.Address.Endpoint.Port + 20_000, member.Address.Generation)).Order(),
            (await gateways.RefreshAsync(CancellationToken.None)).Order());
        var changes = new List<int>();
        gateways.Changed += list => changes.Add(list.Length);
        await gateways.RefreshAsync(CancellationToken.None);
        Assert.Empty(changes);

        members[1].Kill();
        await members[0].SeesAsync(members[1].Address, SiloStatus.Dead);
        await gateways.RefreshAsync(CancellationToken.None);
        Assert.Equal([1], changes);
        Assert.Equal(members[0].Address.Generation, Assert.Single(gateways.Current).Generation);
    }

    [Fact]
    public async Task Tables_and_statements_that_are_there_are_used_as_they_are()
    {
        var database = await DatabaseAsync();
        await ExecuteAsync(database, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "StandIn", "AdoNet", "ForeignTables.sql")));
        var members = await Member.StartAsync(_network, database, Enumerable.Range(10_001, 3));
        await using var _ = new MemberGroup(members);
        foreach (var member in members) await member.SeesAsync(view => view.Active.Length == 3);
        members[2].Kill();
        await members[0].SeesAsync(members[2].Address, SiloStatus.Dead);

        Assert.Equal(
            ["insert", "insert version", "read", "update"],
            await ReadAsync(database, "SELECT DISTINCT name FROM foreign_calls ORDER BY name"));
        Assert.Equal(["0"], await ReadAsync(database, "SELECT count(*)::text FROM OrleansQuery WHERE QueryText LIKE '%raised%'"));
    }

    [Fact]
    public async Task Applications_see_each_change_of_the_members()
    {
        var database = await DatabaseAsync();
        await using var first = await Member.StartAsync(_network, database, 10_001);
        var service = first.Host.Services.GetRequiredService<IClusterMembershipService>();
        await using var updates = service.MembershipUpdates.GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(service.CurrentSnapshot.Version, updates.Current.Version);

        await using var second = await Member.StartAsync(_network, database, 10_002);
        while (updates.Current.GetSiloStatus(second.Address) != SiloStatus.Active)
        {
            var before = updates.Current;
            Assert.True(await updates.MoveNextAsync());
            Assert.True(updates.Current.Version > before.Version);
            Assert.All(updates.Current.CreateUpdate(before).Changes, change => Assert.Equal(second.Address, change.SiloAddress));
        }

        Assert.Equal("silo-10002", updates.Current.Members[second.Address].Name);
        Assert.Equal(SiloStatus.None, updates.Current.GetSiloStatus(Row(1).Address));
        Assert.Equal(SiloStatus.Dead, updates.Current.GetSiloStatus(Row(1).Address, MembershipVersion.MinValue));
    }

    private static SiloMember Row(int port)
    {
        var now = TimeProvider.System.GetUtcNow();
        var time = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        return new SiloMember
        {
            Address = SiloAddress.New(IPAddress.Loopback, port, 1), Status = SiloStatus.Active, Name = $"silo-{port}", HostName = "host",
            StartTime = time, IAmAliveTime = time
        };
    }

    private static AdoNetClusterTable Table(string database, string clusterId = "test") =>
        new(AdoNetDatabase.Open("Npgsql", database, null), clusterId);

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> ReadAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    private Task<string> DatabaseAsync() => server.CreateDatabaseAsync(withSchema: false);
}
