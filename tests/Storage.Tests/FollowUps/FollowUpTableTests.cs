using Actors.Storage.FollowUps;
using Actors.Storage.Tests.Jobs;
using Actors.Testing;
using Xunit;
using static Actors.Storage.Tests.Jobs.StorageHarness;

namespace Actors.Storage.Tests.FollowUps;

/// <summary>Who has what is still to be done, and until when.</summary>
public sealed class FollowUpTableTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    private readonly FollowUpTable _table = new(postgres.DataSource);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FollowUpKind.Call)]
    [InlineData(FollowUpKind.Webhook)]
    public async Task What_a_silo_took_is_anothers_as_soon_as_its_lease_is_gone_and_no_earlier(FollowUpKind kind)
    {
        var tenant = $"t-{Guid.NewGuid():N}";
        await using var dying = await StartAsync(postgres.DataSource, $"dying-{tenant}");
        await using var living = await StartAsync(postgres.DataSource, $"living-{tenant}");
        await ExecuteAsync($"INSERT INTO actors.follow_ups (tenant, job_id, kind, issuer, subject, client, wanted) VALUES ('{tenant}', gen_random_uuid(), {(int)kind}, '', '', '', '{{}}')");

        var taken = Assert.Single(await TakeAsync(dying, kind, tenant));
        Assert.Empty(await TakeAsync(living, kind, tenant));
        await ExecuteAsync($"UPDATE actors.silos SET expires_at = now() - interval '1 second' WHERE name = 'dying-{tenant}'");
        var again = Assert.Single(await TakeAsync(living, kind, tenant));

        Assert.Equal((taken.Id, taken.Tries + 1), (again.Id, again.Tries));
        Assert.Empty(await TakeAsync(living, kind, tenant));
    }

    [Fact]
    public async Task What_is_to_be_tried_later_is_not_tried_earlier_because_its_silo_is_gone()
    {
        var tenant = $"t-{Guid.NewGuid():N}";
        await using var dying = await StartAsync(postgres.DataSource, $"dying-{tenant}");
        await using var living = await StartAsync(postgres.DataSource, $"living-{tenant}");
        await ExecuteAsync($"INSERT INTO actors.follow_ups (tenant, job_id, kind, issuer, subject, client, wanted) VALUES ('{tenant}', gen_random_uuid(), 1, '', '', '', '{{}}')");
        await _table.PostponeAsync(Assert.Single(await TakeAsync(dying, FollowUpKind.Webhook, tenant)), AnHour, Cancellation);

        await ExecuteAsync($"UPDATE actors.silos SET expires_at = now() - interval '1 second' WHERE name = 'dying-{tenant}'");

        Assert.Empty(await TakeAsync(living, FollowUpKind.Webhook, tenant));
    }

    private async Task<IEnumerable<FollowUp>> TakeAsync(StorageHarness silo, FollowUpKind kind, string tenant) =>
        (await _table.TakeAsync(kind, silo.Lease.Current, [], 100, AnHour, Cancellation)).Where(one => one.Job.Tenant == tenant);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = postgres.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
