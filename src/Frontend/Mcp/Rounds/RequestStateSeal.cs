using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Actors.Frontend.Limits;
using Actors.Frontend.Mcp.Errors;
using Actors.Storage.Secrets;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Mcp.Rounds;

/// <summary>
/// Seals what a call carries between its rounds into <c>requestState</c> (AES-GCM, a key that all frontends share), and opens
/// it again: any frontend serves any round, and a client can neither read nor change it.
/// </summary>
internal sealed class RequestStateSeal(ClusterSecrets secrets, IOptions<FrontendLimits> limits, TimeProvider time)
{
    private const string SecretName = "request-state";
    private const byte Format = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;

    private byte[]? _key;

    public async ValueTask<string> SealAsync(RoundState state, byte[] binding, CancellationToken cancellationToken)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(state, RoundStateJson.Default.RoundState);
        if (content.Length > limits.Value.MaxRequestStateBytes)
            throw new RefusedException(
                Refusal.Internal, "The rounds of this call have gathered more than a requestState may hold (Actors:Limits:MaxRequestStateBytes).");
        var sealedBytes = new byte[HeaderBytes + content.Length];
        sealedBytes[0] = Format;
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(1, NonceBytes));
        using var cipher = await CipherAsync(cancellationToken);
        cipher.Encrypt(
            sealedBytes.AsSpan(1, NonceBytes), content, sealedBytes.AsSpan(HeaderBytes), sealedBytes.AsSpan(1 + NonceBytes, TagBytes), binding);
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <exception cref="RefusedException">It was changed, has expired, or belongs to another caller or request.</exception>
    public async ValueTask<RoundState> OpenAsync(string requestState, byte[] binding, CancellationToken cancellationToken)
    {
        var sealedBytes = Base64Url.IsValid(requestState) ? Base64Url.DecodeFromChars(requestState) : [];
        if (sealedBytes.Length <= HeaderBytes || sealedBytes[0] != Format)
            throw Invalid();
        var content = new byte[sealedBytes.Length - HeaderBytes];
        using var cipher = await CipherAsync(cancellationToken);
        try
        {
            cipher.Decrypt(
                sealedBytes.AsSpan(1, NonceBytes), sealedBytes.AsSpan(HeaderBytes), sealedBytes.AsSpan(1 + NonceBytes, TagBytes), content, binding);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Invalid();
        }
        var state = JsonSerializer.Deserialize(content, RoundStateJson.Default.RoundState)!;
        return state.ExpiresAtUnixMs > time.GetUtcNow().ToUnixTimeMilliseconds() ? state : throw Invalid();
    }

    // The secret never changes, so it is asked for once.
    private async ValueTask<AesGcm> CipherAsync(CancellationToken cancellationToken) =>
        new(_key ??= await secrets.GetOrCreateAsync(SecretName, cancellationToken), TagBytes);

    private static RefusedException Invalid() => new(
        Refusal.InvalidParams,
        "params.requestState is not valid for this request: it was changed, has expired, or was given for other arguments or another caller. Make the call again without it.");
}
