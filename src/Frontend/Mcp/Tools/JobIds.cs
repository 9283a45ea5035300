using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Actors.Storage.Secrets;
using Actors.Tenants;

namespace Actors.Frontend.Mcp.Tools;

/// <summary>
/// Job ids that follow from the call, so that the same call finds the same job through any frontend, at any time: an HMAC under a secret of
/// the cluster's, in the form of a UUIDv8. Nobody can foretell one, and none says anything about its key.
/// </summary>
internal sealed class JobIds(ClusterSecrets secrets)
{
    private const string SecretName = "job-ids";
    private const string ByKey = "key";
    private const string ByArguments = "arguments";
    private const string ByRetry = "retry";

    private byte[]? _secret;

    /// <summary>The id of the job that a principal's calls of a tool with one idempotency key have in common.</summary>
    public async ValueTask<string> OfKeyAsync(Principal caller, string tool, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var hash = await HashAsync(ByKey, caller, tool, cancellationToken);
        Append(hash, Encoding.UTF8.GetBytes(idempotencyKey));
        return Id(hash);
    }

    /// <summary>The id of the job that a principal's calls of a tool with the same arguments have in common within one window of time.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">The arguments, in their one spelling.</param>
    /// <param name="window">The number of the window.</param>
    /// <param name="cancellationToken">Cancels the wait for the secret.</param>
    public async ValueTask<string> OfArgumentsAsync(
        Principal caller, string tool, ReadOnlyMemory<byte> arguments, long window, CancellationToken cancellationToken)
    {
        using var hash = await HashAsync(ByArguments, caller, tool, cancellationToken);
        Append(hash, arguments.Span);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, window);
        Append(hash, number);
        return Id(hash);
    }

    /// <summary>The id of the job that tries a job again: there is one at most.</summary>
    public async ValueTask<string> OfRetryAsync(Principal caller, string tool, string job, CancellationToken cancellationToken)
    {
        using var hash = await HashAsync(ByRetry, caller, tool, cancellationToken);
        Append(hash, Encoding.UTF8.GetBytes(job));
        return Id(hash);
    }

    private async ValueTask<IncrementalHash> HashAsync(string kind, Principal caller, string tool, CancellationToken cancellationToken)
    {
        // The secret never changes, so it is asked for once.
        _secret ??= await secrets.GetOrCreateAsync(SecretName, cancellationToken);
        var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        foreach (var part in (ReadOnlySpan<string>)[kind, caller.Tenant, caller.Issuer, caller.Subject, tool])
            Append(hash, Encoding.UTF8.GetBytes(part));
        return hash;
    }

    // With its length before it: no two lists of parts look alike.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    private static string Id(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        var id = bytes[..16];
        // RFC 9562, 5.8: version 8, variant 10.
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return Convert.ToHexStringLower(id);
    }
}
