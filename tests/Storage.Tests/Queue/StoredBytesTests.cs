using Actors.Jobs;
using Actors.Storage.Queue;
using Actors.Storage.Results;
using Actors.Testing;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Queue;

/// <summary>What counts as stored, and how much of it is looked at.</summary>
public sealed class StoredBytesTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private readonly string _tenant = $"t-{Guid.NewGuid():N}";
    private readonly StoredBytes _stored = new(postgres.DataSource);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_that_a_job_leaves_in_any_table_counts_and_nothing_of_another_tenant()
    {
        await using var silo = await StartAsync(postgres.DataSource, $"silo-{_tenant}");
        var row = NewRow(_tenant) with { Status = JobStatus.Running, Attempt = 1, StartedAt = Time(1), Params = new byte[100], Checkpoint = new byte[20] };
        await silo.CreateAsync(row);
        await silo.CreateAsync(NewRow($"other-{_tenant}") with { Params = new byte[9999] });
        await new ResultStore(postgres.DataSource).StoreAsync(new JobKey(_tenant, row.Id), 1, new byte[3000], null, Cancellation);
        await ExecuteAsync($"INSERT INTO actors.steps SELECT '{_tenant}', '{row.Id}', 'step', 1, '', '{new string('x', 400)}', now()");
        await ExecuteAsync($"INSERT INTO actors.journal (tenant, job_id, at, kind, text, data) SELECT '{_tenant}', '{row.Id}', now(), 1, 'éé', '12345' FROM generate_series(1, 7)");
        await ExecuteAsync($"INSERT INTO actors.journal (tenant, job_id, at, kind) VALUES ('{_tenant}', '{row.Id}', now(), 1)");

        Assert.Equal(100 + 20 + 3000 + 400 + (7 * (4 + 5)), await _stored.OfAsync(_tenant, Cancellation));
    }

    [Fact]
    public async Task A_sample_stands_for_very_many_rows_and_few_rows_among_them_are_counted_exactly()
    {
        const int Rows = 2 * StoredBytes.ExactRows;
        var few = $"few-{_tenant}";
        await ExecuteAsync($"INSERT INTO actors.journal (tenant, job_id, at, kind, text) SELECT '{_tenant}', gen_random_uuid(), now(), 1, repeat('x', 300) FROM generate_series(1, {Rows})");
        await ExecuteAsync($"INSERT INTO actors.journal (tenant, job_id, at, kind, text) SELECT '{few}', gen_random_uuid(), now(), 1, repeat('x', 100) FROM generate_series(1, 9)");
        Assert.True(await PagesAsync() > StoredBytes.SamplePages);

        Assert.InRange(await _stored.OfAsync(_tenant, Cancellation), Rows * 300L * 0.8, Rows * 300L * 1.2);
        Assert.Equal(900, await _stored.OfAsync(few, Cancellation));
    }

    private async Task<long> PagesAsync()
    {
        await using var command = postgres.DataSource.CreateCommand("SELECT pg_relation_size('actors.journal') / current_setting('block_size')::bigint");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = postgres.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
