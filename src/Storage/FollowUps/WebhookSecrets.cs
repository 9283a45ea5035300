using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Actors.Storage.FollowUps;

/// <summary>What a tenant's messages are signed with.</summary>
public sealed class WebhookSecrets(NpgsqlDataSource dataSource, IOptions<WebhookOptions> options)
{
    private const int LengthBytes = 32;

    // Written again as it was, where it is there: returned in either case.
    private const string GetOrCreate =
        """
        INSERT INTO actors.webhook_secrets AS s (tenant, secret) VALUES ($1, $2)
        ON CONFLICT (tenant) DO UPDATE SET secret = s.secret
        RETURNING secret, CASE WHEN rotated_at > clock_timestamp() - $3 THEN previous END
        """;

    private const string Rotate =
        """
        INSERT INTO actors.webhook_secrets AS s (tenant, secret) VALUES ($1, $2)
        ON CONFLICT (tenant) DO UPDATE SET secret = $2, previous = s.secret, rotated_at = clock_timestamp()
        RETURNING secret, NULL::bytea
        """;

    private const string Read = "SELECT secret, CASE WHEN rotated_at > clock_timestamp() - $2 THEN previous END FROM actors.webhook_secrets WHERE tenant = $1";

    /// <summary>Those in force, the newest first; whoever asks first makes one.</summary>
    public async Task<IReadOnlyList<byte[]>> InForceAsync(string tenant, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Read);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = options.Value.RotationOverlap });
        return await ReadAsync(command, cancellationToken) is { Count: > 0 } found
            ? found
            : await MakeAsync(GetOrCreate, tenant, cancellationToken);
    }

    /// <summary>Makes a new one; the one before stays in force for <see cref="WebhookOptions.RotationOverlap"/>.</summary>
    public async Task<byte[]> RotateAsync(string tenant, CancellationToken cancellationToken = default) =>
        (await MakeAsync(Rotate, tenant, cancellationToken))[0];

    private async Task<IReadOnlyList<byte[]>> MakeAsync(string sql, string tenant, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = tenant });
        command.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(LengthBytes) });
        if (sql == GetOrCreate) command.Parameters.Add(new() { Value = options.Value.RotationOverlap });
        return await ReadAsync(command, cancellationToken);
    }

    private static async Task<IReadOnlyList<byte[]>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return [];
        var secret = reader.GetFieldValue<byte[]>(0);
        return reader.IsDBNull(1) ? [secret] : [secret, reader.GetFieldValue<byte[]>(1)];
    }
}
