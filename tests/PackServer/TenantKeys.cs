using System.Collections.Concurrent;
using Actors.Storage;
using Actors.Storage.Tenants;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.PackServer;

/// <summary>A key for each tenant that a test speaks as, made when it first does.</summary>
internal sealed class TenantKeys(string connectionString)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _keys = new(StringComparer.Ordinal);

    public Task<string> GetAsync(string tenant) => _keys.GetOrAdd(tenant, name => new(() => IssueAsync(name))).Value;

    private async Task<string> IssueAsync(string tenant)
    {
        await using var postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await new TenantDirectory(postgres).CreateAsync(tenant);
        var keys = new ApiKeys(postgres, Options.Create(new StorageOptions()), TimeProvider.System);
        return (await keys.IssueAsync(tenant, "tester")).Plaintext;
    }
}
