using Actors.Storage.Leases;
using Actors.Storage.Schema;
using Actors.Testing;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Actors.Storage.Tests.Leases;

/// <summary>Not beside other tests: it takes the threads of the pool away from all.</summary>
[CollectionDefinition("thread pool", DisableParallelization = true)]
[Collection("thread pool")]
public sealed class LeaseRenewalTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly StorageOptions Options = new()
    {
        ConnectionString = "given",
        Lease = { Duration = TimeSpan.FromSeconds(2), RenewEvery = TimeSpan.FromMilliseconds(200), StopMargin = TimeSpan.FromMilliseconds(500) },
    };

    [Fact]
    public async Task A_lease_is_renewed_while_the_thread_pool_is_exhausted()
    {
        using var lease = new SiloLease(postgres.DataSource, "starved", Options.Lease, TimeProvider.System);
        using var renewal = Renewal(lease);
        await renewal.StartingAsync(TestContext.Current.CancellationToken);
        var epoch = lease.Epoch;
        var outcome = new TaskCompletionSource<(bool Starved, bool Held, bool HeldInDatabase)>();

        new Thread(() => Try(outcome, () => WhileStarved(() =>
            (StarvedPool.WaitedInVain(Options.Lease.Duration * 1.5), lease.IsHeld, IsHeldInDatabase(epoch))))).Start();

        Assert.Equal((true, true, true), await outcome.Task);
        Assert.False(lease.Lost.IsCancellationRequested);
        await renewal.StoppedAsync(TestContext.Current.CancellationToken);
        Assert.False(IsHeldInDatabase(epoch));
    }

    private static void Try<T>(TaskCompletionSource<T> outcome, Func<T> work)
    {
        try
        {
            outcome.SetResult(work());
        }
        catch (Exception exception)
        {
            // Goes to the test, which waits for it.
            outcome.SetException(exception);
        }
    }

    private static T WhileStarved<T>(Func<T> work)
    {
        using var starved = new StarvedPool();
        return work();
    }

    private bool IsHeldInDatabase(long epoch)
    {
        using var connection = new NpgsqlConnection(postgres.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand("SELECT expires_at > clock_timestamp() FROM actors.silos WHERE name = 'starved' AND epoch = $1", connection)
        {
            Parameters = { new() { Value = epoch } },
        };
        return (bool)command.ExecuteScalar()!;
    }

    private LeaseRenewal Renewal(SiloLease lease) => new(
        lease,
        new SchemaAtStart(postgres.DataSource, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<SchemaAtStart>.Instance),
        new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance),
        Microsoft.Extensions.Options.Options.Create(Options),
        NullLogger<LeaseRenewal>.Instance);
}
