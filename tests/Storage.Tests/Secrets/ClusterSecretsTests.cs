using Actors.Storage.Secrets;
using Actors.Testing;
using Xunit;

namespace Actors.Storage.Tests.Secrets;

public sealed class ClusterSecretsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Everybody_who_asks_for_a_name_gets_the_same_32_bytes_and_another_name_has_others()
    {
        var secrets = new ClusterSecrets(postgres.DataSource);
        var cancellation = TestContext.Current.CancellationToken;

        var same = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => secrets.GetOrCreateAsync("request-state", cancellation)));
        var other = await secrets.GetOrCreateAsync("other", cancellation);

        Assert.Equal(32, same[0].Length);
        Assert.All(same, secret => Assert.Equal(same[0], secret));
        Assert.NotEqual(same[0], other);
    }
}
