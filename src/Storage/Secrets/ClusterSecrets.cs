using System.Security.Cryptography;
using Npgsql;

namespace Actors.Storage.Secrets;

/// <summary>Random secrets that all processes of an installation share, such as the one that seals request states.</summary>
public sealed class ClusterSecrets(NpgsqlDataSource dataSource)
{
    public const int LengthBytes = 32;

    /// <summary>The secret of that name; whoever asks first makes it.</summary>
    public async Task<byte[]> GetOrCreateAsync(string name, CancellationToken cancellationToken = default)
    {
        await using (var insert = dataSource.CreateCommand("INSERT INTO actors.cluster_secrets (name, secret) VALUES ($1, $2) ON CONFLICT DO NOTHING"))
        {
            insert.Parameters.Add(new() { Value = name });
            insert.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(LengthBytes) });
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var select = dataSource.CreateCommand("SELECT secret FROM actors.cluster_secrets WHERE name = $1");
        select.Parameters.Add(new() { Value = name });
        return (byte[])(await select.ExecuteScalarAsync(cancellationToken))!;
    }
}
