using Actors.Storage.Postgres;
using Actors.Storage.Queue;
using Npgsql;
using Xunit;

namespace Actors.Storage.Tests.Faults;

/// <summary>The line is read by grains, whose callers are told to try again only where the failure says so in words that cross to them.</summary>
public sealed class AwayLineTests
{
    [Fact]
    public async Task A_line_that_cannot_be_read_says_that_the_database_is_away()
    {
        // Nobody listens there.
        await using var database = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2");
        var line = new LinePlaces(database);

        await Assert.ThrowsAsync<StorageUnavailableException>(
            () => line.CountAsync(new PrincipalKey("acme", "issuer", "ada"), 1, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => line.OwnedAsync(TestContext.Current.CancellationToken));
    }
}
