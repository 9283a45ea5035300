using System.Security.Cryptography;
using Actors.Tenants;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Storage.Tenants;

/// <summary>The API keys of tenants: issued, revoked, and what a presented one opens.</summary>
public sealed class ApiKeys
{
    /// <summary>The <see cref="Principal.Issuer"/> of whoever presents one of these keys.</summary>
    public const string Issuer = "actors";

    /// <summary>The most keys that a list returns.</summary>
    public const int MaxListed = 1_000;

    private static readonly byte[] NoHash = RandomNumberGenerator.GetBytes(ApiKeyText.HashLength);

    private readonly ApiKeyTable _table;
    private readonly ApiKeyCache _cache;

    public ApiKeys(NpgsqlDataSource dataSource, IOptions<StorageOptions> options, TimeProvider time)
    {
        _table = new ApiKeyTable(dataSource);
        _cache = new ApiKeyCache(_table.FindAsync, options.Value.ApiKeys, time);
    }

    /// <summary>Issues a key that speaks for a subject of a tenant.</summary>
    /// <param name="tenant">A tenant that exists.</param>
    /// <param name="subject">Whose jobs it sees; two keys of one subject see the same.</param>
    /// <param name="label">What a person calls it, or null.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<IssuedKey> IssueAsync(string tenant, string subject, string? label = null, CancellationToken cancellationToken = default)
    {
        var (id, text, hash) = ApiKeyText.Create();
        await _table.InsertAsync(id, tenant, subject, label, hash, cancellationToken);
        return new IssuedKey(id, text);
    }

    /// <summary>Ends a key: here at once, in other processes within <see cref="ApiKeyOptions.CacheFor"/>. False: the tenant has no such key in force.</summary>
    public async Task<bool> RevokeAsync(string tenant, string id, CancellationToken cancellationToken = default)
    {
        var revoked = await _table.RevokeAsync(tenant, id, cancellationToken);
        _cache.Forget(id);
        return revoked;
    }

    /// <summary>The keys of a tenant, revoked ones too, oldest first.</summary>
    public Task<IReadOnlyList<ApiKeyEntry>> ListAsync(string tenant, CancellationToken cancellationToken = default) =>
        _table.ListAsync(tenant, MaxListed, cancellationToken);

    /// <summary>
    /// Whom a presented key speaks for; null: nobody, be it malformed, unknown, revoked or with a wrong secret. A key seen
    /// in the last seconds is answered from memory, synchronously.
    /// </summary>
    public ValueTask<Principal?> AuthenticateAsync(ReadOnlySpan<char> presented, CancellationToken cancellationToken = default)
    {
        Span<byte> hash = stackalloc byte[ApiKeyText.HashLength];
        if (!ApiKeyText.TryParse(presented, out var id, hash)) return new ValueTask<Principal?>((Principal?)null);
        return _cache.TryGet(id, out var key)
            ? new ValueTask<Principal?>(Check(key, hash))
            : new ValueTask<Principal?>(AuthenticateSlowlyAsync(id.ToString(), hash.ToArray(), cancellationToken));
    }

    private async Task<Principal?> AuthenticateSlowlyAsync(string id, byte[] hash, CancellationToken cancellationToken) =>
        Check(await _cache.LoadAsync(id, cancellationToken), hash);

    // The comparison takes as long for a key that does not exist.
    private static Principal? Check(StoredKey? key, ReadOnlySpan<byte> hash) =>
        CryptographicOperations.FixedTimeEquals(hash, key?.SecretHash ?? NoHash) ? key?.Principal : null;
}
