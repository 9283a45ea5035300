using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Results;
using Actors.Storage.Retention;
using Actors.Storage.Tests.Jobs;
using Actors.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Retention;

/// <summary>What is discarded, what stays, and that neither takes a long transaction.</summary>
public sealed class ExpiredJobsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Future = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _tenant = $"t-{Guid.NewGuid():N}";
    private readonly ExpiredJobs _expired = new(postgres.DataSource);
    private readonly JobPins _pins = new(postgres.DataSource);
    private StorageHarness _silo = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private JobRow Past => NewRow(_tenant) with { Status = JobStatus.Completed, EndedAt = Time(1), ExpiresAt = Time(2) };

    public async ValueTask InitializeAsync()
    {
        _silo = await StartAsync(postgres.DataSource, $"silo-{_tenant}");
        // Retention knows no tenants: what the other tests of this class left expired must not be counted.
        await DiscardAllAsync();
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Expired_jobs_are_discarded_in_batches_and_nothing_else()
    {
        var expired = Enumerable.Range(0, 5).Select(index => Past with { Id = JobKey.NewId(), ExpiresAt = Time(2 + index) }).ToList();
        JobRow[] kept =
        [
            Past with { Id = JobKey.NewId(), ExpiresAt = Future },
            Past with { Id = JobKey.NewId(), ExpiresAt = null },
            NewRow(_tenant) with { ExpiresAt = Time(2) },
        ];
        await Task.WhenAll(expired.Concat(kept).Select(_silo.CreateAsync));
        await JournalAsync(expired.Concat(kept), entries: 1);

        var first = await _expired.DiscardAsync(3, cancellationToken: Cancellation);
        Assert.Equal(new DiscardedJobs(3, Time(4)), first);
        Assert.Equal(2, (await _expired.DiscardAsync(3, first.Until, Cancellation)).Count);
        Assert.Equal(0, (await _expired.DiscardAsync(3, cancellationToken: Cancellation)).Count);
        await ClearAllAsync();

        Assert.Equal(3L, await CountAsync("jobs"));
        Assert.Equal(3L, await CountAsync("journal"));
        Assert.Equal(0L, await CountAsync("discarded_jobs"));
    }

    [Fact]
    public async Task The_labels_of_a_job_go_with_its_row()
    {
        var labelled = Past with { Labels = """{"project":"apollo","urgent":""}""" };
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _silo.CreateAsync(labelled with { Id = JobKey.NewId() })));
        await _silo.CreateAsync(labelled with { Id = JobKey.NewId(), ExpiresAt = Future });
        var cleared = await _silo.CreateAsync(labelled with { Id = JobKey.NewId(), ExpiresAt = Future });
        Assert.Equal(5 * 4L, await CountAsync("job_labels"));

        Assert.Equal(3, await DiscardAllAsync());
        Assert.Equal(2 * 4L, await CountAsync("job_labels"));
        await _silo.ClearAsync(cleared);

        Assert.Equal(4L, await CountAsync("job_labels"));
    }

    [Fact]
    public async Task What_a_job_left_is_deleted_a_bounded_part_at_a_time()
    {
        var running = NewRow(_tenant) with { Status = JobStatus.Running, Attempt = 1, StartedAt = Time(1) };
        var state = await _silo.CreateAsync(running);
        await new ResultStore(postgres.DataSource).StoreAsync(new JobKey(_tenant, running.Id), 1, new byte[40 * ResultStore.ChunkBytes], null, Cancellation);
        await _silo.WriteAsync(state, running with { Status = JobStatus.Completed, EndedAt = Time(1), ExpiresAt = Time(2), Result = Utf8("{}") });
        await JournalAsync([running], entries: 25);
        await using var steps = postgres.DataSource.CreateCommand(
            $"INSERT INTO actors.steps SELECT '{_tenant}', '{running.Id}', 'step ' || n, n, '', '{{}}', now() FROM generate_series(1, 150) n");
        await steps.ExecuteNonQueryAsync(Cancellation);

        Assert.Equal(1, (await _expired.DiscardAsync(10, cancellationToken: Cancellation)).Count);
        Assert.Equal(0L, await CountAsync("jobs"));
        var (calls, entries, chunks) = (0, await CountAsync("journal"), await CountAsync("result_chunks"));
        Assert.Equal((25L, 40L), (entries, chunks));
        bool hasMore;
        do
        {
            hasMore = await _expired.ClearAsync(TimeSpan.Zero, 10, Cancellation);
            var (entriesNow, chunksNow) = (await CountAsync("journal"), await CountAsync("result_chunks"));
            Assert.InRange(entries - entriesNow, 0, 10);
            Assert.InRange(chunks - chunksNow, 0, 16);
            (calls, entries, chunks) = (calls + 1, entriesNow, chunksNow);
        }
        while (hasMore);

        Assert.Equal(3, calls);
        Assert.Equal((0L, 0L), (entries, chunks));
        Assert.Equal((0L, 0L, 0L), (await CountAsync("results"), await CountAsync("steps"), await CountAsync("discarded_jobs")));
    }

    [Fact]
    public async Task What_was_discarded_a_moment_ago_is_cleared_later()
    {
        var row = (await _silo.CreateAsync(Past)).State!.Row!;
        await JournalAsync([row], entries: 1);
        await _expired.DiscardAsync(10, cancellationToken: Cancellation);

        Assert.False(await _expired.ClearAsync(TimeSpan.FromHours(1), 10, Cancellation));

        Assert.Equal(1L, await CountAsync("journal"));
    }

    [Fact]
    public async Task A_pinned_job_stays_until_it_is_unpinned()
    {
        var row = (await _silo.CreateAsync(Past)).State!.Row!;

        var pinned = await _pins.PinAsync(row.Owner, row.Id, "wanted", 10, Cancellation);
        Assert.Equal(new JobPin(IsPinned: true, IsHeld: false, Time(2)), pinned);
        Assert.Equal(0, await DiscardAllAsync());
        Assert.Equal(new JobPin(IsPinned: false, IsHeld: false, Time(2)), await _pins.UnpinAsync(row.Owner, row.Id, Cancellation));

        Assert.Equal(1, await DiscardAllAsync());
    }

    [Fact]
    public async Task A_held_job_stays_whatever_its_owner_does_until_the_operator_lets_go()
    {
        var row = (await _silo.CreateAsync(Past)).State!.Row!;
        Assert.True((await _pins.HoldAsync(_tenant, row.Id, "case 7", Cancellation))!.IsHeld);

        await _pins.PinAsync(row.Owner, row.Id, "wanted", 10, Cancellation);
        var unpinned = await _pins.UnpinAsync(row.Owner, row.Id, Cancellation);
        Assert.Equal(new JobPin(IsPinned: false, IsHeld: true, Time(2)), unpinned);
        Assert.Equal(0, await DiscardAllAsync());
        Assert.False((await _pins.ReleaseAsync(_tenant, row.Id, Cancellation))!.IsHeld);

        Assert.Equal(1, await DiscardAllAsync());
    }

    [Fact]
    public async Task A_pin_outlives_the_writes_of_the_job()
    {
        var state = await _silo.CreateAsync(NewRow(_tenant));
        var row = state.State!.Row!;
        await _pins.PinAsync(row.Owner, row.Id, "wanted", 10, Cancellation);

        await _silo.WriteAsync(state, row with { Status = JobStatus.Completed, StartedAt = Time(1), EndedAt = Time(1), ExpiresAt = Time(2) });

        Assert.Equal(0, await DiscardAllAsync());
    }

    [Fact]
    public async Task Only_the_owner_pins_and_nobody_more_than_the_limit()
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _silo.CreateAsync(Past with { Id = JobKey.NewId(), ExpiresAt = Future })));
        var ids = rows.Select(state => state.State!.Row!.Id).ToArray();
        var owner = Past.Owner;

        foreach (var stranger in new[] { owner with { Subject = "bob" }, owner with { Issuer = "other" }, owner with { Tenant = "globex" } })
        {
            Assert.Null(await _pins.PinAsync(stranger, ids[0], "mine", 10, Cancellation));
            Assert.Null(await _pins.UnpinAsync(stranger, ids[0], Cancellation));
        }

        Assert.True((await _pins.PinAsync(owner, ids[0], "a", 2, Cancellation))!.IsPinned);
        Assert.True((await _pins.PinAsync(owner, ids[1], "b", 2, Cancellation))!.IsPinned);
        Assert.False((await _pins.PinAsync(owner, ids[2], "c", 2, Cancellation))!.IsPinned);
        // Another reason is no other pin.
        Assert.True((await _pins.PinAsync(owner, ids[1], "d", 2, Cancellation))!.IsPinned);
        Assert.Null(await _pins.PinAsync(owner, JobKey.NewId(), "x", 2, Cancellation));
        Assert.Null(await _pins.HoldAsync("globex", ids[0], null, Cancellation));
        Assert.Null(await _pins.HoldAsync(_tenant, "no-handle", null, Cancellation));
    }

    private async Task<int> DiscardAllAsync()
    {
        var total = 0;
        var discarded = new DiscardedJobs(0, null);
        do
        {
            discarded = await _expired.DiscardAsync(100, discarded.Until, Cancellation);
            total += discarded.Count;
        }
        while (discarded.Count == 100);
        await ClearAllAsync();
        return total;
    }

    private async Task ClearAllAsync()
    {
        while (await _expired.ClearAsync(TimeSpan.Zero, 1000, Cancellation))
        {
            // The rest.
        }
    }

    private async Task JournalAsync(IEnumerable<JobRow> rows, int entries)
    {
        await using var journal = new Journal(postgres.DataSource, Options.Create(new StorageOptions()), TimeProvider.System, NullLogger<Journal>.Instance);
        foreach (var row in rows)
        {
            for (var entry = 0; entry < entries; entry++)
                journal.Append(new JournalEntry { Job = new JobKey(_tenant, row.Id), At = Time(0), Kind = JournalKind.State });
        }
    }

    private async Task<long> CountAsync(string table)
    {
        await using var command = postgres.DataSource.CreateCommand($"SELECT count(*) FROM actors.{table} WHERE tenant = '{_tenant}'");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
