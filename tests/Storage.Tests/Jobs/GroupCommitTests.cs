using Actors.Jobs;
using Actors.Storage.Jobs;
using Actors.Testing;
using Npgsql;
using Orleans.Storage;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Jobs;

public sealed class GroupCommitTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_of_many_jobs_share_transactions_and_all_are_there()
    {
        await using var silo = await StartAsync(postgres.DataSource);
        var rows = Enumerable.Range(0, 1000).Select(_ => NewRow("many")).ToList();

        await WhileWritesWaitAsync(postgres.DataSource, async () => await Task.WhenAll(rows.Select(silo.CreateAsync)));

        var read = await Task.WhenAll(rows.Select(silo.ReadAsync));
        Assert.All(rows.Zip(read), pair => Assert.Equal(pair.First.Id, pair.Second.State!.Row!.Id));
        // Each transaction leaves its number on its rows: 1000 rows in few transactions.
        Assert.InRange(await ScalarAsync("SELECT count(DISTINCT xmin::text) FROM actors.jobs WHERE tenant = 'many'"), 1, 100);
    }

    [Theory]
    [InlineData(JobStatus.Completed, null)] // ended, without the time: the check constraint jobs_ended
    [InlineData(JobStatus.Queued, 70_000)] // a status message over the limit
    public async Task One_bad_row_fails_alone(JobStatus status, int? messageLength)
    {
        await using var silo = await StartAsync(postgres.DataSource);
        var tenant = $"bad-{status}".ToLowerInvariant();
        var rows = Enumerable.Range(0, 200).Select(_ => NewRow(tenant)).ToList();
        rows[77] = rows[77] with { Status = status, StatusMessage = messageLength is { } length ? new string('x', length) : null };
        Task[] writes = [];

        await WhileWritesWaitAsync(postgres.DataSource, async () =>
        {
            writes = [.. rows.Select(silo.CreateAsync)];
            await ((Task)Task.WhenAll(writes)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        await Assert.ThrowsAsync<RowRefusedException>(() => writes[77]);
        Assert.Equal(199, writes.Count(write => write.IsCompletedSuccessfully));
        Assert.Equal(199, await ScalarAsync($"SELECT count(*) FROM actors.jobs WHERE tenant = '{tenant}'"));
    }

    [Fact]
    public async Task Creations_updates_deletions_and_conflicts_in_one_batch_each_get_their_own_outcome()
    {
        await using var silo = await StartAsync(postgres.DataSource, configure: options => options.Jobs.WriterConnections = 1);
        var updated = await silo.CreateAsync(NewRow());
        var cleared = await silo.CreateAsync(NewRow());
        var stale = await silo.CreateAsync(NewRow());
        var moved = await silo.ReadAsync(stale.State!.Row!);
        await silo.WriteAsync(moved, moved.State!.Row! with { StatusMessage = "moved" });
        var (updatedRow, clearedRow, staleRow, createdRow) = (updated.State!.Row!, cleared.State!.Row!, stale.State!.Row!, NewRow());
        Task[] writes = [];

        await WhileWritesWaitAsync(postgres.DataSource, async () =>
        {
            writes =
            [
                silo.CreateAsync(createdRow), silo.WriteAsync(updated, updatedRow with { StatusMessage = "updated" }),
                silo.ClearAsync(cleared), silo.WriteAsync(stale, staleRow with { StatusMessage = "stale" }), silo.CreateAsync(staleRow),
            ];
            await ((Task)Task.WhenAll(writes)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        Assert.All(writes[..3], write => Assert.True(write.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<InconsistentStateException>(() => writes[3]);
        await Assert.ThrowsAsync<InconsistentStateException>(() => writes[4]);
        Assert.True((await silo.ReadAsync(createdRow)).RecordExists);
        Assert.Equal("updated", (await silo.ReadAsync(updatedRow)).State!.Row!.StatusMessage);
        Assert.False((await silo.ReadAsync(clearedRow)).RecordExists);
        Assert.Equal("moved", (await silo.ReadAsync(staleRow)).State!.Row!.StatusMessage);
    }

    [Fact]
    public async Task A_batch_stops_at_its_bytes_and_everything_is_still_written()
    {
        await using var silo = await StartAsync(postgres.DataSource, configure: options => options.Jobs.BatchBytes = 10_000);
        var rows = Enumerable.Range(0, 20).Select(_ => NewRow("bytes") with { Params = new byte[6_000] }).ToList();

        await Task.WhenAll(rows.Select(silo.CreateAsync));

        Assert.Equal(20, await ScalarAsync("SELECT count(DISTINCT xmin::text) FROM actors.jobs WHERE tenant = 'bytes'"));
    }

    [Fact]
    public async Task A_queue_at_its_limit_makes_writers_wait_and_loses_none()
    {
        await using var silo = await StartAsync(postgres.DataSource, configure: options => (options.Jobs.QueueLimit, options.Jobs.BatchRows) = (4, 2));
        var rows = Enumerable.Range(0, 100).Select(_ => NewRow("waiting")).ToList();

        await Task.WhenAll(rows.Select(silo.CreateAsync));

        Assert.Equal(100, await ScalarAsync("SELECT count(*) FROM actors.jobs WHERE tenant = 'waiting'"));
    }

    /// <summary>Holds the table until the writes have been started, so that they pile up into batches.</summary>
    private static async Task WhileWritesWaitAsync(NpgsqlDataSource dataSource, Func<Task> writes)
    {
        await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand("LOCK TABLE actors.jobs IN SHARE MODE", connection)) await hold.ExecuteNonQueryAsync(Cancellation);
        var running = writes();
        await transaction.CommitAsync(Cancellation);
        await running;
    }

    private async Task<long> ScalarAsync(string sql)
    {
        await using var command = postgres.DataSource.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
