using System.Security.Cryptography;
using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Storage.Results;
using Actors.Storage.Tests.Jobs;
using Actors.Testing;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Results;

/// <summary>Whose a result in chunks is: the job's, where it has completed with the attempt that wrote it.</summary>
public sealed class ResultStoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly string _tenant = $"results-{Guid.NewGuid():N}";
    private StorageHarness _silo = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ResultStore Store => new(postgres.DataSource);

    public async ValueTask InitializeAsync() => _silo = await StartAsync(postgres.DataSource, $"silo-{Guid.NewGuid():N}");

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    [Fact]
    public async Task Any_range_comes_back_across_the_chunks()
    {
        var bytes = RandomNumberGenerator.GetBytes((2 * ResultStore.ChunkBytes) + 1000);
        var (row, head) = await CompletedAsync(bytes);

        Assert.Equal((1, (long)bytes.Length), (head!.Attempt, head.Size));
        Assert.Equal(SHA256.HashData(bytes), head.Digest);
        foreach (var (offset, length) in new[] { (0, bytes.Length), (ResultStore.ChunkBytes - 1, 2), (ResultStore.ChunkBytes, 1), (bytes.Length - 5, 100), (bytes.Length, 10), (17, 0) })
        {
            var end = Math.Min(offset + length, bytes.Length);
            Assert.Equal(bytes[offset..end], await Store.ReadAsync(row.Owner, row.Id, head, offset, length, Cancellation));
        }
    }

    [Fact]
    public async Task What_a_late_attempt_writes_is_never_the_jobs()
    {
        var state = await _silo.CreateAsync(Running(attempt: 2));
        var row = state.State!.Row!;
        var job = new JobKey(_tenant, row.Id);

        Assert.Equal(ResultStoring.NotCurrent, await Store.StoreAsync(job, 1, new byte[10], null, Cancellation));
        Assert.Equal(ResultStoring.Stored, await Store.StoreAsync(job, 2, new byte[20], null, Cancellation));
        // The silo dies before the end is stored, and the next attempt ends the job with a small result.
        await _silo.WriteAsync(state, row with { Attempt = 3, Status = JobStatus.Completed, EndedAt = Time(2), Result = Utf8("{}") });

        Assert.Null(await Store.FindAsync(row.Owner, row.Id, Cancellation));
        Assert.Equal(ResultStoring.NotCurrent, await Store.StoreAsync(job, 3, new byte[10], null, Cancellation));
    }

    [Fact]
    public async Task A_job_that_did_not_complete_has_no_result_in_chunks()
    {
        var state = await _silo.CreateAsync(Running(attempt: 1));
        var row = state.State!.Row!;
        await Store.StoreAsync(new JobKey(_tenant, row.Id), 1, new byte[10], null, Cancellation);
        Assert.Null(await Store.FindAsync(row.Owner, row.Id, Cancellation));

        await _silo.WriteAsync(state, row with { Status = JobStatus.Cancelled, EndedAt = Time(2) });

        Assert.Null(await Store.FindAsync(row.Owner, row.Id, Cancellation));
    }

    [Fact]
    public async Task Only_the_owner_finds_and_reads_it()
    {
        var (row, head) = await CompletedAsync(new byte[100]);

        foreach (var stranger in new[] { row.Owner with { Subject = "bob" }, row.Owner with { Issuer = "other" }, row.Owner with { Tenant = "globex" } })
        {
            Assert.Null(await Store.FindAsync(stranger, row.Id, Cancellation));
            Assert.Empty(await Store.ReadAsync(stranger, row.Id, head!, 0, 100, Cancellation));
        }

        Assert.NotNull(await Store.FindAsync(row.Owner with { Client = "another key" }, row.Id, Cancellation));
        Assert.Null(await Store.FindAsync(row.Owner, "no-handle", Cancellation));
    }

    [Fact]
    public async Task The_tenants_room_is_kept_also_by_results_that_come_at_once()
    {
        var rows = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _silo.CreateAsync(Running(attempt: 1))));

        var stored = await Task.WhenAll(rows.Select(state => Store.StoreAsync(new JobKey(_tenant, state.State!.Row!.Id), 1, new byte[100], 350, Cancellation)));
        // Once more, as after a lost answer: what is there already is not counted twice.
        var again = rows[Array.IndexOf(stored, ResultStoring.Stored)].State!.Row!;

        Assert.Equal(3, stored.Count(outcome => outcome == ResultStoring.Stored));
        Assert.All(stored.Where(outcome => outcome != ResultStoring.Stored), outcome => Assert.Equal(300, outcome.UsedBytes));
        Assert.Equal(ResultStoring.Stored, await Store.StoreAsync(new JobKey(_tenant, again.Id), 1, new byte[100], 350, Cancellation));
    }

    private JobRow Running(int attempt) => NewRow(_tenant) with { Status = JobStatus.Running, Attempt = attempt, StartedAt = Time(1) };

    private async Task<(JobRow Row, ResultHead? Head)> CompletedAsync(byte[] bytes)
    {
        var state = await _silo.CreateAsync(Running(attempt: 1));
        var row = state.State!.Row!;
        Assert.Equal(ResultStoring.Stored, await Store.StoreAsync(new JobKey(_tenant, row.Id), 1, bytes, null, Cancellation));
        await _silo.WriteAsync(state, row with { Status = JobStatus.Completed, EndedAt = Time(2), Result = Utf8("{}") });
        return (row, await Store.FindAsync(row.Owner, row.Id, Cancellation));
    }
}
