using Actors.Jobs;
using Actors.Storage.Leases;
using Actors.Storage.Postgres;
using Actors.Storage.Tests.Faults;
using Actors.Testing;
using Npgsql;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.Leases;

public sealed class SiloLeaseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lease_is_held_once_acquired_and_after_each_renewal()
    {
        using var lease = Lease("renewing");
        Assert.False(lease.IsHeld);

        lease.Acquire();
        var before = await ExpiryAsync("renewing");
        Assert.True(lease.IsHeld);
        Assert.True(lease.Renew());

        Assert.True(await ExpiryAsync("renewing") > before);
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_lease_is_renewed_while_others_use_up_the_pool()
    {
        var settings = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { MaxPoolSize = 2, Timeout = 1 };
        await using var dataSource = NpgsqlDataSource.Create(settings);
        using var lease = new SiloLease(dataSource, "crowded", new LeaseOptions(), TimeProvider.System);
        lease.Acquire();
        await using var first = await dataSource.OpenConnectionAsync(Cancellation);
        NpgsqlConnection? second = null;
        try
        {
            second = await dataSource.OpenConnectionAsync(Cancellation);
        }
        catch (NpgsqlException)
        {
            // the lease has it
        }

        await using (second)
        {
            Assert.True(lease.Renew());
        }

        lease.Release();
    }

    [Fact]
    public async Task A_lease_taken_again_whose_answer_was_lost_is_not_mistaken_for_a_successor()
    {
        var settings = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        await using var wire = new FaultyWire(settings.Port);
        settings.Port = wire.Port;
        await using var dataSource = NpgsqlDataSource.Create(settings);
        using var lease = new SiloLease(dataSource, "unheard", new LeaseOptions(), TimeProvider.System);
        var first = lease.Acquire();
        wire.LoseNextAnswer();

        var second = lease.AcquireAgain();

        Assert.Equal(1, wire.AnswersLost);
        Assert.True(second!.Epoch > first.Epoch);
        Assert.True(lease.Renew());
    }

    [Fact]
    public async Task A_successor_of_the_same_name_gets_a_newer_epoch_and_the_first_loses_its_own()
    {
        using var first = Lease("twin");
        using var second = Lease("twin");
        var firstHeld = first.Acquire();
        var secondHeld = second.Acquire();

        Assert.True(secondHeld.Epoch > firstHeld.Epoch);
        Assert.False(first.Renew());
        Assert.True(firstHeld.Lost.IsCancellationRequested);
        Assert.True(second.Renew());
    }

    [Fact]
    public async Task Acquiring_again_loses_the_earlier_epoch_for_good()
    {
        using var lease = Lease("again");
        var first = lease.Acquire();

        var second = lease.Acquire();

        Assert.False(first.IsHeld);
        Assert.True(first.Lost.IsCancellationRequested);
        Assert.True(second.IsHeld);
        Assert.Same(second, lease.Current);
    }

    [Fact]
    public async Task A_lapsed_lease_is_acquired_again_unless_another_process_has_taken_the_name()
    {
        using var first = Lease("taken");
        using var second = Lease("taken");
        first.Acquire();
        await LapseAsync("taken");
        Assert.False(first.Renew());
        Assert.NotNull(first.AcquireAgain());

        second.Acquire();
        Assert.False(first.Renew());
        Assert.Null(first.AcquireAgain());
        Assert.False(first.IsHeld);
        Assert.True(second.Renew());
    }

    [Fact]
    public async Task A_lease_that_lapsed_in_the_database_cannot_be_renewed()
    {
        using var lease = Lease("lapsed");
        var held = lease.Acquire();
        await LapseAsync("lapsed");

        Assert.False(lease.Renew());
        Assert.True(held.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task A_released_lease_is_over_at_once()
    {
        using var lease = Lease("released");
        lease.Acquire();

        lease.Release();

        Assert.False(lease.IsHeld);
        await using var command = postgres.DataSource.CreateCommand("SELECT expires_at <= clock_timestamp() FROM actors.silos WHERE name = 'released'");
        Assert.Equal(true, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Silos_that_start_together_under_one_name_end_with_one_holder()
    {
        var leases = Enumerable.Range(0, 8).Select(_ => Lease("crowd")).ToList();
        await Task.WhenAll(leases.Select(lease => Task.Run(lease.Acquire)));

        var renewed = await Task.WhenAll(leases.Select(lease => Task.Run(lease.Renew)));

        Assert.Equal(8, leases.Select(lease => lease.Epoch).Distinct().Count());
        Assert.Single(renewed, held => held);
        leases.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public void A_lease_is_lost_when_its_time_is_up_though_its_timer_fires_early()
    {
        var time = new EarlyTimers();
        var options = new LeaseOptions();
        using var held = new HeldLease("early", 1, LeaseMoment.Now(time), options, time);

        time.Advance(options.Duration - options.StopMargin - TimeSpan.FromTicks(1));
        time.Fire();
        Assert.True(held.IsHeld);
        Assert.False(held.Lost.IsCancellationRequested);
        Assert.True(time.IsArmed);

        time.Advance(TimeSpan.FromTicks(1));
        Assert.False(held.IsHeld);
        time.Fire();
        Assert.True(held.Lost.IsCancellationRequested);
    }

    [Fact]
    public void A_machine_that_was_suspended_does_not_trust_the_lease_it_had()
    {
        var time = new EarlyTimers();
        var options = new LeaseOptions();
        using var held = new HeldLease("suspended", 1, LeaseMoment.Now(time), options, time);

        time.SetClock(back: options.Duration);
        Assert.True(held.IsHeld);

        // The steady clock stood still meanwhile; the other one was set when the machine went on.
        time.SetClock(back: -options.Duration);
        Assert.False(held.IsHeld);
    }

    [Fact]
    public async Task A_renewal_whose_connection_hangs_is_said_again_on_another_in_time()
    {
        var settings = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
        await using var wire = new FaultyWire(settings.Port);
        settings.Port = wire.Port;
        // Ten seconds for each try: the wire is served by the threads of this process, which may have to wait for their turn.
        var options = new StorageOptions { ConnectionString = settings.ConnectionString, Lease = { Duration = TimeSpan.FromSeconds(31) } };
        await using var dataSource = DataSource.CreateForLease(options);
        using var lease = new SiloLease(dataSource, "hanging", options.Lease, TimeProvider.System);
        lease.Acquire();
        wire.HangOpenOnes();

        Assert.True(await Task.Run(lease.Renew, Cancellation));
    }

    [Fact]
    public async Task A_silo_that_was_replaced_cannot_write_though_it_believes_in_its_lease()
    {
        await using var silo = await StartAsync(postgres.DataSource, "replaced");
        var state = await silo.CreateAsync(NewRow() with { Status = JobStatus.Running, Silo = "replaced", Epoch = silo.Lease.Epoch });
        using var successor = Lease("replaced");
        successor.Acquire();
        Assert.True(silo.Lease.IsHeld);

        var row = state.State!.Row!;
        await Assert.ThrowsAsync<LeaseLostException>(() => silo.WriteAsync(state, row with { StatusMessage = "late" }));
        await Assert.ThrowsAsync<LeaseLostException>(() => silo.CreateAsync(NewRow()));

        await using var other = await StartAsync(postgres.DataSource, "other");
        Assert.Null((await other.ReadAsync(row)).State!.Row!.StatusMessage);
    }

    [Fact]
    public async Task A_silo_whose_lease_lapsed_in_the_database_cannot_write()
    {
        await using var silo = await StartAsync(postgres.DataSource, "asleep");
        await LapseAsync("asleep");

        await Assert.ThrowsAsync<LeaseLostException>(() => silo.CreateAsync(NewRow()));
    }

    [Fact]
    public async Task A_takeover_waits_for_the_transaction_that_writes_under_the_old_epoch()
    {
        using var first = Lease("slow");
        first.Acquire();
        using var second = Lease("slow");
        await using var connection = await postgres.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var require = new NpgsqlCommand("SELECT actors.require_lease('slow', $1)", connection) { Parameters = { new() { Value = first.Epoch } } })
            await require.ExecuteNonQueryAsync(Cancellation);

        var renewal = first.Renew(); // passes
        var takeover = Task.Run(second.Acquire, Cancellation);
        await UntilAnybodyWaitsAsync();
        Assert.False(takeover.IsCompleted);
        await transaction.CommitAsync(Cancellation);

        Assert.True(renewal);
        Assert.True((await takeover).Epoch > first.Epoch);
    }

    private SiloLease Lease(string silo) => new(postgres.DataSource, silo, new LeaseOptions(), TimeProvider.System);

    private async Task LapseAsync(string silo)
    {
        await using var command = postgres.DataSource.CreateCommand($"UPDATE actors.silos SET expires_at = clock_timestamp() WHERE name = '{silo}'");
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<DateTime> ExpiryAsync(string silo)
    {
        await using var command = postgres.DataSource.CreateCommand($"SELECT expires_at FROM actors.silos WHERE name = '{silo}'");
        return (DateTime)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task UntilAnybodyWaitsAsync()
    {
        while (true)
        {
            Cancellation.ThrowIfCancellationRequested();
            await using var command = postgres.DataSource.CreateCommand(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database())");
            if (await command.ExecuteScalarAsync(Cancellation) is true) return;
        }
    }
}
