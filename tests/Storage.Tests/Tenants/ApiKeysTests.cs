using Actors.Storage.Tenants;
using Actors.Tenants;
using Actors.Testing;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace Actors.Storage.Tests.Tenants;

public sealed class ApiKeysTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly ApiKeys _keys = Keys(postgres.DataSource);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await new TenantDirectory(postgres.DataSource).CreateAsync("acme", Cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_issued_key_opens_its_tenant_for_its_subject()
    {
        var key = await _keys.IssueAsync("acme", "ann", "laptop", Cancellation);

        Assert.Equal(new Principal("acme", "actors", "ann", key.Id), await _keys.AuthenticateAsync(key.Plaintext, Cancellation));
        Assert.Matches("^actors_[0-9a-f]{16}_[0-9a-f]{64}$", key.Plaintext);
        Assert.DoesNotContain(key.Plaintext[^64..], key.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_seen_before_is_answered_at_once_and_without_the_database()
    {
        var key = await _keys.IssueAsync("acme", "ann", cancellationToken: Cancellation);
        await _keys.AuthenticateAsync(key.Plaintext, Cancellation);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = _keys.AuthenticateAsync(key.Plaintext, Cancellation);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(again.IsCompletedSuccessfully);
        Assert.NotNull(await again);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task A_wrong_secret_opens_nothing_whether_the_key_was_seen_before_or_not()
    {
        var key = await _keys.IssueAsync("acme", "ann", cancellationToken: Cancellation);
        var forged = key.Plaintext[..^1] + (key.Plaintext[^1] == '0' ? '1' : '0');

        Assert.Null(await _keys.AuthenticateAsync(forged, Cancellation));
        Assert.NotNull(await _keys.AuthenticateAsync(key.Plaintext, Cancellation));
        Assert.Null(await _keys.AuthenticateAsync(forged, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("actors_")]
    [InlineData("actors_0000000000000000_00000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("actors_0000000000000000_000000000000000000000000000000000000000000000000000000000000000g")]
    [InlineData("actors_000000000000000_00000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Actors_0000000000000000_0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_text_that_is_no_key_opens_nothing_and_asks_nobody(string text)
    {
        var answer = _keys.AuthenticateAsync(text, Cancellation);

        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Null(await answer);
    }

    [Fact]
    public async Task An_unknown_key_of_the_right_form_opens_nothing() =>
        Assert.Null(await _keys.AuthenticateAsync($"actors_{new string('0', 16)}_{new string('0', 64)}", Cancellation));

    [Fact]
    public async Task A_revoked_key_opens_nothing_here_at_once_and_elsewhere_after_the_cache()
    {
        var key = await _keys.IssueAsync("acme", "ann", cancellationToken: Cancellation);
        var time = new SetTime();
        var elsewhere = Keys(postgres.DataSource, time);
        Assert.NotNull(await _keys.AuthenticateAsync(key.Plaintext, Cancellation));
        Assert.NotNull(await elsewhere.AuthenticateAsync(key.Plaintext, Cancellation));

        Assert.True(await _keys.RevokeAsync("acme", key.Id, Cancellation));

        Assert.Null(await _keys.AuthenticateAsync(key.Plaintext, Cancellation));
        time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.NotNull(await elsewhere.AuthenticateAsync(key.Plaintext, Cancellation));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await elsewhere.AuthenticateAsync(key.Plaintext, Cancellation));
        Assert.False(await _keys.RevokeAsync("acme", key.Id, Cancellation));
    }

    [Fact]
    public async Task A_tenant_can_neither_see_nor_revoke_another_tenants_key()
    {
        await new TenantDirectory(postgres.DataSource).CreateAsync("umbrella", Cancellation);
        var key = await _keys.IssueAsync("acme", "ann", cancellationToken: Cancellation);

        Assert.False(await _keys.RevokeAsync("umbrella", key.Id, Cancellation));
        Assert.Empty(await _keys.ListAsync("umbrella", Cancellation));
        Assert.NotNull(await _keys.AuthenticateAsync(key.Plaintext, Cancellation));
    }

    [Fact]
    public async Task A_list_names_keys_and_the_database_holds_no_secret()
    {
        var key = await _keys.IssueAsync("acme", "lister", "CI", Cancellation);
        await _keys.RevokeAsync("acme", key.Id, Cancellation);

        var entry = Assert.Single(await _keys.ListAsync("acme", Cancellation), entry => entry.Id == key.Id);

        Assert.Equal(("lister", "CI"), (entry.Subject, entry.Label));
        Assert.NotNull(entry.RevokedAt);
        await using var command = postgres.DataSource.CreateCommand($"SELECT (k.*)::text FROM actors.api_keys k WHERE id = '{key.Id}'");
        Assert.DoesNotContain(key.Plaintext[^64..], (string)(await command.ExecuteScalarAsync(Cancellation))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_for_a_tenant_that_does_not_exist_cannot_be_issued() =>
        await Assert.ThrowsAsync<PostgresException>(() => _keys.IssueAsync("nobody", "ann", cancellationToken: Cancellation));

    [Fact]
    public async Task A_full_cache_still_answers_rightly()
    {
        var small = Keys(postgres.DataSource, cacheLimit: 2);
        var keys = await Task.WhenAll(Enumerable.Range(0, 5).Select(index => _keys.IssueAsync("acme", $"s{index}", cancellationToken: Cancellation)));

        for (var round = 0; round < 2; round++)
        {
            foreach (var (key, index) in keys.Select((key, index) => (key, index)))
                Assert.Equal($"s{index}", (await small.AuthenticateAsync(key.Plaintext, Cancellation))!.Subject);
        }
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("team-7", true)]
    [InlineData("", false)]
    [InlineData("Acme", false)]
    [InlineData("a/b", false)]
    [InlineData("a_b", false)]
    public async Task A_tenants_name_is_lower_case_letters_digits_and_hyphens(string name, bool isName)
    {
        var tenants = new TenantDirectory(postgres.DataSource);
        if (!isName) await Assert.ThrowsAsync<ArgumentException>(() => tenants.CreateAsync(name, Cancellation));
        else Assert.Equal((true, false), (await tenants.CreateAsync(name, Cancellation), await tenants.CreateAsync(name, Cancellation)));

        Assert.Equal(isName, await tenants.ExistsAsync(name, Cancellation));
    }

    private static ApiKeys Keys(NpgsqlDataSource dataSource, TimeProvider? time = null, int cacheLimit = 100)
    {
        var options = new StorageOptions();
        options.ApiKeys.CacheLimit = cacheLimit;
        return new ApiKeys(dataSource, Options.Create(options), time ?? TimeProvider.System);
    }

    private sealed class SetTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
