using Actors.Storage.Postgres;
using Actors.Storage.Queue;
using Actors.Storage.Tenants;
using Actors.Testing;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace Actors.Storage.Tests.Tenants;

/// <summary>What a tenant may have, read while the server goes away.</summary>
public sealed class TenantLimitTableTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_ends_its_connections_is_told_from_a_failure()
    {
        await using var others = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { MaxPoolSize = 1 });
        int backend;
        await using (var idle = await source.OpenConnectionAsync(Token))
            backend = idle.ProcessID;
        // Waits until it has ended, as a server that shuts down ends all of them.
        await using (var end = others.CreateCommand($"SELECT pg_terminate_backend({backend}, 60000)"))
            Assert.Equal(true, await end.ExecuteScalarAsync(Token));

        var limits = new TenantLimitTable(source, Options.Create(new QuotaOptions()));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => limits.ReadAsync("acme", Token));
    }
}
