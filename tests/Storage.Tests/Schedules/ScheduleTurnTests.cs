using Actors.Storage.Schedules;
using Actors.Storage.Tests.Jobs;
using Actors.Tenants;
using Actors.Testing;
using Npgsql;
using Xunit;

namespace Actors.Storage.Tests.Schedules;

/// <summary>A schedule that two silos look at in the same moment.</summary>
public sealed class ScheduleTurnTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    // Holds up one session between what it sees of a schedule and its lock on it.
    private const string Gate =
        """
        ALTER TABLE actors.schedules RENAME TO ungated_schedules;
        CREATE FUNCTION actors.gate() RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN
            IF current_setting('application_name') = 'late' THEN PERFORM pg_advisory_xact_lock_shared(1); END IF;
            RETURN true;
        END $$;
        CREATE VIEW actors.schedules AS SELECT * FROM actors.ungated_schedules WHERE actors.gate();
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly ScheduleOptions Options = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_that_saw_the_schedule_before_a_run_began_does_not_begin_the_next_beside_it()
    {
        await using var silo = await StorageHarness.StartAsync(postgres.DataSource);
        await using var late = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { ApplicationName = "late" });
        Assert.True(CronExpression.TryParse("* * * * *", out var cron, out _));
        var due = cron.NextAfter(TimeProvider.System.GetUtcNow().AddHours(-1), TimeZoneInfo.Utc)!.Value;
        await new ScheduleTable(postgres.DataSource).CreateAsync(EveryMinute, _ => due, maxOfOwner: 1, Token);
        await ExecuteAsync(Gate);
        await using (var first = await TakeAsync(postgres.DataSource, silo))
        {
            await first.SettleAsync(cron, TimeZoneInfo.Utc, Options, Token);
        }

        await using var starting = await TakeAsync(postgres.DataSource, silo);
        await using var gatekeeper = await postgres.DataSource.OpenConnectionAsync(Token);
        await ExecuteAsync("SELECT pg_advisory_lock(1)", gatekeeper);
        var taking = TakeAsync(late, silo);
        while (!await IsHeldUpAsync())
        {
            Assert.False(taking.IsCompleted);
            await Task.Delay(Pause, Token);
        }

        var job = starting.Schedule.JobIdOf(due);
        await silo.CreateAsync(StorageHarness.NewRow(id: job));
        await starting.StartedAsync(cron.NextAfter(due, TimeZoneInfo.Utc), job, Options, Token);
        await ExecuteAsync("SELECT pg_advisory_unlock(1)", gatekeeper);
        await using (var next = await taking)
        {
            Assert.Equal((null, job), (next.Starting, next.LastJob));
            await next.SettleAsync(cron, TimeZoneInfo.Utc, Options, Token);
        }

        await using var after = postgres.DataSource.CreateCommand("SELECT starting FROM actors.schedules");
        Assert.IsType<DBNull>(await after.ExecuteScalarAsync(Token));
    }

    private static Schedule EveryMinute => new()
    {
        Id = Guid.NewGuid(),
        Owner = new Principal("acme", "actors", "ann", "key-1"),
        Name = "every-minute",
        Tool = "index_docs",
        Params = "{}"u8.ToArray(),
        Cron = "* * * * *",
        TimeZone = "UTC",
        CatchUp = CatchUp.All,
        Seed = new byte[Schedule.SeedBytes],
    };

    private static async Task<ScheduleTurn> TakeAsync(NpgsqlDataSource dataSource, StorageHarness silo) =>
        await ScheduleTurn.TakeAsync(dataSource, silo.Lease.Current, Token) ?? throw new InvalidOperationException("Nothing is due.");

    private async Task<bool> IsHeldUpAsync()
    {
        await using var command = postgres.DataSource.CreateCommand(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'late' AND wait_event = 'advisory')");
        return (bool)(await command.ExecuteScalarAsync(Token))!;
    }

    private async Task ExecuteAsync(string sql, NpgsqlConnection? connection = null)
    {
        await using var command = connection is null ? postgres.DataSource.CreateCommand(sql) : new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
