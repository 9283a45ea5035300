using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Tenants;
using Actors.Testing;
using Microsoft.Extensions.Options;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Jobs;

public sealed class JobQueriesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly string _tenant = $"t-{Guid.NewGuid():N}";
    private readonly JobQueries _queries = new(postgres.DataSource, Options.Create(new StorageOptions()));
    private StorageHarness _silo = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Principal Caller => NewRow(_tenant).Owner;

    public async ValueTask InitializeAsync() => _silo = await StartAsync(postgres.DataSource, $"silo-{_tenant}");

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task A_list_pages_newest_first_through_jobs_of_the_same_moment_without_gap_or_repetition()
    {
        var rows = Enumerable.Range(0, 23).Select(index => NewRow(_tenant) with { CreatedAt = Time(index / 8) }).ToList();
        await Task.WhenAll(rows.Select(_silo.CreateAsync));

        var listed = new List<JobSummary>();
        string? cursor = null;
        do
        {
            var page = await _queries.ListAsync(Caller, JobFilter.All, cursor, 5, Cancellation);
            listed.AddRange(page.Jobs);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id, StringComparer.Ordinal).Select(row => row.Id), listed.Select(job => job.Id));
    }

    [Fact]
    public async Task A_page_that_ends_with_the_list_has_no_cursor()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _silo.CreateAsync(NewRow(_tenant))));

        var page = await _queries.ListAsync(Caller, JobFilter.All, null, 5, Cancellation);

        Assert.Equal(5, page.Jobs.Count);
        Assert.Null(page.NextCursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("________________________________")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA AAAA")]
    public async Task A_cursor_of_somebody_elses_making_is_refused(string cursor) =>
        await Assert.ThrowsAsync<InvalidCursorException>(() => _queries.ListAsync(Caller, JobFilter.All, cursor, 5, Cancellation));

    [Fact]
    public async Task A_list_shows_the_callers_own_jobs_only()
    {
        var mine = NewRow(_tenant);
        await Task.WhenAll(
            _silo.CreateAsync(mine),
            _silo.CreateAsync(NewRow(_tenant) with { Owner = Caller with { Subject = "bob" } }),
            _silo.CreateAsync(NewRow(_tenant) with { Owner = Caller with { Issuer = "anonymous" } }),
            _silo.CreateAsync(NewRow($"{_tenant}-2")));

        var jobs = (await _queries.ListAsync(Caller with { Client = "another key" }, JobFilter.All, null, 50, Cancellation)).Jobs;

        Assert.Equal(mine.Id, Assert.Single(jobs).Id);
        Assert.Equal(1, await _queries.CountActiveAsync(Caller, Cancellation));
    }

    [Fact]
    public async Task A_filter_restricts_by_each_of_its_parts()
    {
        var early = NewRow(_tenant) with { Tool = "a_tool", StatusMessage = "Reading FILES" };
        var late = NewRow(_tenant) with { Tool = "b_tool", CreatedAt = Time(10), Status = JobStatus.Completed, EndedAt = Time(11), ExpiresAt = Time(99), Progress = new JobProgress(1, 2, "x") };
        await Task.WhenAll(_silo.CreateAsync(early), _silo.CreateAsync(late));

        Assert.Equal([early.Id], await IdsAsync(new JobFilter { Tool = "a_tool" }));
        Assert.Equal([late.Id], await IdsAsync(new JobFilter { Status = JobStatus.Completed }));
        Assert.Equal([late.Id], await IdsAsync(new JobFilter { CreatedFrom = Time(10) }));
        Assert.Equal([early.Id], await IdsAsync(new JobFilter { CreatedBefore = Time(10) }));
        Assert.Equal([early.Id], await IdsAsync(new JobFilter { Text = "files" }));
        Assert.Equal([late.Id], await IdsAsync(new JobFilter { Text = "B_TOOL" }));
        Assert.Empty(await IdsAsync(new JobFilter { Text = "%" }));
        Assert.Empty(await IdsAsync(new JobFilter { Tool = "a_tool\0" }));
    }

    [Fact]
    public async Task A_summary_says_what_the_row_says()
    {
        var row = NewRow(_tenant) with
        {
            Status = JobStatus.Cancelled, StatusMessage = "Stopped.", Progress = new JobProgress(1, null, "one"), UpdatedAt = Time(2),
            EndedAt = Time(2), ExpiresAt = Time(3), Attempt = 4, Cancel = CancelState.Stopped,
        };
        await _silo.CreateAsync(row);

        var summary = Assert.Single((await _queries.ListAsync(Caller, JobFilter.All, null, 1, Cancellation)).Jobs);

        Assert.Equivalent(
            new JobSummary
            {
                Id = row.Id, Tool = row.Tool, Status = row.Status, StatusMessage = row.StatusMessage, Progress = row.Progress, CreatedAt = row.CreatedAt,
                UpdatedAt = row.UpdatedAt, EndedAt = row.EndedAt, ExpiresAt = row.ExpiresAt, Attempt = 4, Cancel = CancelState.Stopped,
            },
            summary, strict: true);
    }

    [Fact]
    public async Task Orphans_are_the_jobs_that_a_silo_had_and_no_living_one_has()
    {
        await using var dead = await StartAsync(postgres.DataSource, $"dead-{_tenant}");
        await using var replaced = await StartAsync(postgres.DataSource, $"replaced-{_tenant}");
        JobRow OwnedBy(StorageHarness silo) => NewRow(_tenant) with { Status = JobStatus.Running, Silo = silo.Lease.Silo, Epoch = silo.Lease.Epoch };
        var (alive, ofDead, ofReplaced, unowned) = (OwnedBy(_silo), OwnedBy(dead), OwnedBy(replaced), NewRow(_tenant) with { Status = JobStatus.Running });
        JobRow[] waiting = [NewRow(_tenant), NewRow(_tenant) with { Status = JobStatus.InputRequired }];
        var ended = OwnedBy(dead) with { Status = JobStatus.Completed, EndedAt = Time(1) };
        await Task.WhenAll(_silo.CreateAsync(alive), dead.CreateAsync(ofDead), dead.CreateAsync(ended), replaced.CreateAsync(ofReplaced), _silo.CreateAsync(unowned), _silo.CreateAsync(waiting[0]), _silo.CreateAsync(waiting[1]));
        dead.Lease.Release();
        replaced.Lease.Acquire();

        var all = new OrphanShare([alive.Tool]);
        var orphans = (await _queries.FindOrphansAsync(1000, all, cancellationToken: Cancellation)).Where(key => key.Tenant == _tenant).ToList();

        string[] expected = [ofDead.Id, ofReplaced.Id, unowned.Id];
        Assert.Equal(expected.Order(StringComparer.Ordinal), orphans.Select(key => key.Id));
        Assert.Equal(orphans[1..], (await _queries.FindOrphansAsync(1000, all, orphans[0], Cancellation)).Where(key => key.Tenant == _tenant));
        Assert.Single(await _queries.FindOrphansAsync(1, all, cancellationToken: Cancellation));
        var shares = new List<string>();
        foreach (var index in (int[])[0, 1, 2])
            shares.AddRange((await _queries.FindOrphansAsync(1000, all with { Index = index, Count = 3 }, cancellationToken: Cancellation)).Where(key => key.Tenant == _tenant).Select(key => key.Id));
        Assert.Equal(expected.Order(StringComparer.Ordinal), shares.Order(StringComparer.Ordinal));
        var own = await _queries.FindOrphansAsync(1000, all with { OnlyOf = dead.Lease.Silo }, cancellationToken: Cancellation);
        Assert.Equal(new[] { ofDead.Id, unowned.Id }.Order(StringComparer.Ordinal), own.Where(key => key.Tenant == _tenant).Select(key => key.Id));
        Assert.Empty(await _queries.FindOrphansAsync(1000, new OrphanShare(["another tool"]), cancellationToken: Cancellation));
    }

    private async Task<List<string>> IdsAsync(JobFilter filter) =>
        [.. (await _queries.ListAsync(Caller, filter, null, 100, Cancellation)).Jobs.Select(job => job.Id)];
}
