using Actors.Storage.Leases;
using Actors.Storage.Postgres;
using Actors.Storage.Tests.Jobs;
using Actors.Testing;
using Npgsql;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Faults;

public sealed class LostConnectionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private FaultyWire _wire = null!;
    private NpgsqlDataSource _dataSource = null!;
    private StorageHarness _silo = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        _wire = new FaultyWire(settings.Port);
        settings.Port = _wire.Port;
        settings.Timeout = 2;
        _dataSource = NpgsqlDataSource.Create(settings);
        _silo = await StartAsync(_dataSource, configure: options =>
        {
            options.Jobs.WriterConnections = 1;
            options.Jobs.UnavailableAfter = TimeSpan.FromSeconds(3);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _dataSource.DisposeAsync();
        await _wire.DisposeAsync();
    }

    [Fact]
    public async Task A_creation_whose_answer_is_lost_after_the_commit_succeeds_once()
    {
        await _silo.CreateAsync(NewRow()); // the writer is connected
        _wire.LoseNextAnswer();
        var row = NewRow();

        var state = await _silo.CreateAsync(row);

        Assert.Equal(1, _wire.AnswersLost);
        Assert.Equal("1", state.ETag);
        Assert.Equal("1", (await _silo.ReadAsync(row)).ETag);
    }

    [Fact]
    public async Task An_update_whose_answer_is_lost_after_the_commit_succeeds_once()
    {
        var state = await _silo.CreateAsync(NewRow());
        var row = state.State!.Row! with { StatusMessage = "again" };
        _wire.LoseNextAnswer();

        await _silo.WriteAsync(state, row);

        Assert.Equal(1, _wire.AnswersLost);
        Assert.Equal("2", (await _silo.ReadAsync(row)).ETag);
    }

    [Fact]
    public async Task A_deletion_whose_answer_is_lost_after_the_commit_succeeds()
    {
        var state = await _silo.CreateAsync(NewRow());
        var row = state.State!.Row!;
        _wire.LoseNextAnswer();

        await _silo.ClearAsync(state);

        Assert.Equal(1, _wire.AnswersLost);
        Assert.False((await _silo.ReadAsync(row)).RecordExists);
    }

    [Fact]
    public async Task A_backend_ended_in_the_middle_of_a_write_costs_a_retry_only()
    {
        await _silo.CreateAsync(NewRow());
        var row = NewRow();
        Task write;
        await using (var connection = await postgres.DataSource.OpenConnectionAsync(Cancellation))
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await RunAsync(connection, "LOCK TABLE actors.jobs IN SHARE MODE");
            write = _silo.CreateAsync(row);
            await UntilAsync(connection, "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
            await RunAsync(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()");
            await transaction.CommitAsync(Cancellation);
        }

        await write;

        Assert.Equal("1", (await _silo.ReadAsync(row)).ETag);
    }

    [Fact]
    public async Task A_database_that_stays_away_is_reported_and_one_that_comes_back_is_used()
    {
        var state = await _silo.CreateAsync(NewRow());
        var row = state.State!.Row!;
        _wire.GoDown();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => _silo.WriteAsync(state, row with { StatusMessage = "lost" }));
        _wire.ComeBack();
        _silo.Lease.Acquire();
        await _silo.WriteAsync(state, row with { StatusMessage = "there" });

        Assert.Equal("there", (await _silo.ReadAsync(row)).State!.Row!.StatusMessage);
    }

    [Fact]
    public async Task A_lease_that_cannot_be_renewed_is_lost_before_it_lapses_in_the_database()
    {
        var options = new LeaseOptions
        {
            Duration = TimeSpan.FromSeconds(2), RenewEvery = TimeSpan.FromMilliseconds(100), StopMargin = TimeSpan.FromMilliseconds(1000),
        };
        using var lease = new SiloLease(_dataSource, "silo-b", options, TimeProvider.System);
        var held = lease.Acquire();
        _wire.GoDown();

        await CancelledAsync(held.Lost);

        Assert.False(lease.IsHeld);
        await using var command = postgres.DataSource.CreateCommand("SELECT expires_at > clock_timestamp() FROM actors.silos WHERE name = 'silo-b'");
        Assert.Equal(true, await command.ExecuteScalarAsync(Cancellation));
    }

    private static async Task CancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task UntilAsync(NpgsqlConnection connection, string sql)
    {
        while (true)
        {
            Cancellation.ThrowIfCancellationRequested();
            await using var command = new NpgsqlCommand(sql, connection);
            if (await command.ExecuteScalarAsync(Cancellation) is true) return;
        }
    }
}
