using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Storage.Tenants;

/// <summary>
/// The text of an API key, <c>actors_keyid_secret</c>: 8 and 32 random bytes in lower-case hex. The id finds the row, the
/// secret proves the key.
/// </summary>
internal static class ApiKeyText
{
    public const int HashLength = SHA256.HashSizeInBytes;
    private const string Prefix = "actors_";
    private const int IdLength = 16;
    private const int SecretLength = 64;
    private const int Length = 7 + IdLength + 1 + SecretLength;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public static (string Id, string Text, byte[] SecretHash) Create()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength / 2));
        var hash = new byte[HashLength];
        Hash(secret, hash);
        return (id, $"{Prefix}{id}_{secret}", hash);
    }

    /// <summary>Takes a text apart; false: it cannot be one of our keys, and is not worth a look at the database.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ReadOnlySpan<char> id, Span<byte> secretHash)
    {
        id = default;
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdLength] != '_') return false;

        var secret = text[^SecretLength..];
        id = text.Slice(Prefix.Length, IdLength);
        if (!IsHex(id) || !IsHex(secret)) return false;

        Hash(secret, secretHash);
        return true;
    }

    private static void Hash(ReadOnlySpan<char> secret, Span<byte> hash)
    {
        Span<byte> ascii = stackalloc byte[SecretLength];
        Encoding.ASCII.GetBytes(secret, ascii);
        SHA256.HashData(ascii, hash);
    }

    private static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Hex);
}
