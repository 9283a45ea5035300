using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Queue;
using Actors.Storage.Tenants;
using Actors.Storage.Tests.Jobs;
using Actors.Testing;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Queue;

/// <summary>The claim's SQL, on a database of each test's own: a claim sees the line of all tenants.</summary>
public sealed class JobLineTests(PostgresServer server) : IAsyncLifetime
{
    private const string Tool = "index_docs";

    private readonly Dictionary<string, ToolLimits> _tools = new() { [Tool] = default };
    private readonly QuotaOptions _quotas = new();
    private LineWindow _window = new(500, 200, 256);
    private NpgsqlDataSource _database = null!;
    private StorageHarness _silo = null!;
    private JobLine _line = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        await Storage.Schema.SchemaMigration.ApplyAsync(_database, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Cancellation);
        _silo = await StartAsync(_database);
        _line = new JobLine(_database, new TenantLimitTable(_database, Options.Create(_quotas)));
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Claimed_jobs_are_the_silos_and_are_claimed_by_nobody_else()
    {
        var rows = await WaitAsync(3);
        var claimed = await ClaimAsync(2);
        Assert.Equal(rows[..2].Select(row => row.Id).Order(), claimed.Jobs.Select(job => job.Id).Order());
        Assert.True(claimed.LeftForSlots);
        var stored = (await _silo.ReadAsync(claimed.Jobs[0])).State!.Row!;
        Assert.Equal((JobStatus.Queued, _silo.Lease.Silo, _silo.Lease.Epoch), (stored.Status, stored.Silo, stored.Epoch));

        await using var other = await StartAsync(_database, "silo-b");
        var rest = await ClaimAsync(10, other.Lease.Current);
        Assert.Equal(rows[2].Id, Assert.Single(rest.Jobs).Id);
        Assert.False(rest.LeftForSlots);
        Assert.Empty((await ClaimAsync(10)).Jobs);
    }

    [Fact]
    public async Task A_claim_changes_the_version_so_that_nobody_writes_the_row_as_it_was()
    {
        var state = await _silo.CreateAsync(NewRow());
        await ClaimAsync(1);
        await Assert.ThrowsAsync<global::Orleans.Storage.InconsistentStateException>(
            () => _silo.WriteAsync(state, state.State!.Row! with { Status = JobStatus.Cancelled, EndedAt = Time(1) }));
    }

    [Fact]
    public async Task A_lane_is_served_by_earliest_start_and_a_higher_priority_first()
    {
        var late = NewRow() with { RunAt = Time(-1) };
        var early = NewRow() with { RunAt = Time(-5) };
        var urgent = NewRow() with { RunAt = Time(-1), Priority = 7 };
        var low = NewRow() with { RunAt = Time(-9), Priority = -7 };
        await Task.WhenAll(new[] { late, early, urgent, low }.Select(_silo.CreateAsync));
        var order = new List<string>();
        for (var i = 0; i < 4; i++) order.Add(Assert.Single((await ClaimAsync(1)).Jobs).Id);
        Assert.Equal([urgent.Id, early.Id, late.Id, low.Id], order);
    }

    [Fact]
    public async Task A_job_is_not_claimed_before_its_time_which_is_told()
    {
        await _silo.CreateAsync(NewRow() with { RunAt = Time(10) });
        await _silo.CreateAsync(NewRow() with { RunAt = Time(20) });
        var early = await ClaimAsync(5);
        Assert.Empty(early.Jobs);
        Assert.Equal(Time(10), early.NextStart);
        var onTime = await ClaimAsync(5, now: Time(10));
        Assert.Single(onTime.Jobs);
        Assert.Equal(Time(20), onTime.NextStart);
    }

    [Fact]
    public async Task Jobs_of_tools_that_the_silo_does_not_have_stay_in_line()
    {
        await _silo.CreateAsync(NewRow() with { Tool = "elsewhere" });
        var here = await WaitAsync(1);
        Assert.Equal(here[0].Id, Assert.Single((await ClaimAsync(5)).Jobs).Id);
    }

    [Fact]
    public async Task Jobs_that_run_are_parked_or_have_ended_are_not_in_line()
    {
        await _silo.CreateAsync(NewRow() with { Status = JobStatus.Running });
        await _silo.CreateAsync(NewRow() with { Status = JobStatus.InputRequired });
        await _silo.CreateAsync(NewRow() with { Status = JobStatus.Completed, EndedAt = Time(1) });
        await _silo.CreateAsync(NewRow() with { Silo = _silo.Lease.Silo, Epoch = _silo.Lease.Epoch });
        Assert.Empty((await ClaimAsync(5)).Jobs);
    }

    [Fact]
    public async Task Every_lane_of_many_tenants_is_found_and_each_tenant_gets_its_share()
    {
        const int Tenants = 40;
        await Task.WhenAll(Enumerable.Range(0, Tenants).SelectMany(tenant => Enumerable.Range(0, 3).Select(
            job => _silo.CreateAsync(NewRow($"t{tenant}") with { Owner = new($"t{tenant}", "actors", $"s{job}", "k") }))));
        var claimed = await ClaimAsync(Tenants);
        Assert.Equal(Tenants, claimed.Jobs.Select(job => job.Tenant).Distinct().Count());
        Assert.Equal(2 * Tenants, (await ClaimAsync(1000)).Jobs.Count);
    }

    [Fact]
    public async Task A_line_that_is_longer_than_one_look_is_seen_whole_in_a_few()
    {
        _window = new LineWindow(maxTenants: 4, maxLanesPerTenant: 3, maxHeads: 256);
        await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(tenant => Enumerable.Range(0, 10).Select(
            job => _silo.CreateAsync(NewRow($"t{tenant}") with { Owner = new($"t{tenant}", "actors", $"s{job}", "k") }))));
        var claimed = 0;
        for (var looks = 0; claimed < 100; looks++)
        {
            Assert.True(looks < 60, $"{claimed} of 100 were found.");
            claimed += (await ClaimAsync(1000)).Jobs.Count;
        }

        for (var looks = 0; (await ClaimAsync(1)).LeftForSlots; looks++) Assert.True(looks < 5);
    }

    [Fact]
    public async Task What_runs_counts_against_a_limit_even_where_its_silo_is_gone()
    {
        _tools[Tool] = new ToolLimits(3, 0);
        await using var dead = await StartAsync(_database, "dead");
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => dead.CreateAsync(NewRow() with { Status = JobStatus.Running, Silo = "dead", Epoch = dead.Lease.Epoch })));
        dead.Lease.Release();
        await WaitAsync(5);
        var claimed = await ClaimAsync(5);
        Assert.Single(claimed.Jobs);
        Assert.True(claimed.LeftForLimits);
        Assert.Empty((await ClaimAsync(5)).Jobs);
    }

    [Fact]
    public async Task A_tenants_own_limits_and_weight_override_the_options()
    {
        _quotas.MaxRunning = 1;
        await new TenantDirectory(_database).CreateAsync("big", Cancellation);
        await using (var set = _database.CreateCommand("UPDATE actors.tenants SET max_running = 6, weight = 300 WHERE name = 'big'"))
            await set.ExecuteNonQueryAsync(Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _silo.CreateAsync(NewRow(i % 2 == 0 ? "big" : "small"))));
        var jobs = (await ClaimAsync(100)).Jobs;
        Assert.Equal((6, 1), (jobs.Count(job => job.Tenant == "big"), jobs.Count(job => job.Tenant == "small")));
    }

    [Fact]
    public async Task Claims_of_many_silos_at_once_exceed_no_limit_and_take_no_job_twice()
    {
        _tools[Tool] = new ToolLimits(7, 0);
        await WaitAsync(60);
        var silos = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => StartAsync(_database, $"many-{i}")));
        var claims = await Task.WhenAll(silos.SelectMany(silo => Enumerable.Range(0, 5).Select(
            async _ => (await ClaimAsync(3, silo.Lease.Current, window: new LineWindow(500, 200, 256))).Jobs)));
        var jobs = claims.SelectMany(claim => claim).ToList();
        Assert.Equal(7, jobs.Count);
        Assert.Equal(7, jobs.Distinct().Count());
        foreach (var silo in silos) await silo.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_without_its_lease_claims_nothing()
    {
        await WaitAsync(1);
        var held = _silo.Lease.Current;
        _silo.Lease.Acquire();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ClaimAsync(1, held));
        Assert.Equal("ACT01", refused.SqlState);
        Assert.Single((await ClaimAsync(1)).Jobs);
    }

    [Fact]
    public async Task A_row_that_somebody_is_writing_is_passed_over_for_the_next()
    {
        var rows = await WaitAsync(2);
        await using var connection = await _database.OpenConnectionAsync(Cancellation);
        await using var writing = await connection.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand($"UPDATE actors.jobs SET version = version + 1 WHERE id = '{rows[0].Id}'", connection))
            await hold.ExecuteNonQueryAsync(Cancellation);
        Assert.Equal(rows[1].Id, Assert.Single((await ClaimAsync(1)).Jobs).Id);
    }

    [Fact]
    public async Task What_was_claimed_and_not_started_is_put_back_except_what_is_starting()
    {
        await WaitAsync(3);
        var claimed = (await ClaimAsync(3)).Jobs;
        Assert.Equal(2, await _line.PutBackAsync(_silo.Lease.Silo, _silo.Lease.Epoch, [claimed[0]], Cancellation));
        Assert.Equal(claimed.Skip(1).Select(job => job.Id).Order(), (await ClaimAsync(3)).Jobs.Select(job => job.Id).Order());
    }

    [Fact]
    public async Task A_claim_steps_over_the_traces_of_jobs_that_are_gone()
    {
        await using (var fill = _database.CreateCommand(
            $"""
            INSERT INTO actors.jobs (tenant, id, version, created_at, updated_at, ended_at, epoch, write_tag, attempt, status, cancel, through_job_tools,
                                     issuer, subject, client, tool, protocol_version, params, client_capabilities, run_at)
            SELECT 'acme', gen_random_uuid(), 1, now(), now(), NULL, 0, 0, 0, 0, 0, false, 'actors', 'ann', 'k', '{Tool}', 'v', '', '',
                   '2026-01-01'::timestamptz + i * interval '1 microsecond' FROM generate_series(1, 50000) i;
            UPDATE actors.jobs SET status = 5, ended_at = now();
            """)) await fill.ExecuteNonQueryAsync(Cancellation);
        var row = await WaitAsync(1);
        Assert.Equal(row[0].Id, Assert.Single((await ClaimAsync(1)).Jobs).Id);
        // The first look marks the dead entries of the index; the ones after it do not visit their rows again.
        var began = TimeProvider.System.GetTimestamp();
        await ClaimAsync(1);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(1));
    }

    private async Task<List<JobRow>> WaitAsync(int count)
    {
        var rows = Enumerable.Range(0, count).Select(i => NewRow() with { RunAt = Time(-100 + i) }).ToList();
        await Task.WhenAll(rows.Select(_silo.CreateAsync));
        return rows;
    }

    private Task<ClaimedJobs> ClaimAsync(int slots, HeldLease? lease = null, DateTimeOffset? now = null, LineWindow? window = null) => _line.ClaimAsync(
        lease ?? _silo.Lease.Current, new ClaimRequest(_tools, now ?? Time(0), window ?? _window), view => FairShare.Decide(view, slots), Cancellation);
}
