using System.Security.Cryptography;

namespace Actors.Sessions;

/// <summary>
/// A session's address: <c>tenant/id</c> is the key of its grain, <c>id</c> alone is the protocol's <c>Mcp-Session-Id</c>. The id is
/// unguessable and opens nothing by itself: every use of it is checked against the caller's credential.
/// </summary>
public readonly record struct SessionKey(string Tenant, string Id)
{
    private const int IdBytes = 16;

    /// <summary>A new id: 128 random bits, in 32 hex digits.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Whether <paramref name="id"/> has the form of one of ours; anything else is not worth a grain call.</summary>
    public static bool IsId(string? id) => id is { Length: 2 * IdBytes } && id.All(char.IsAsciiHexDigitLower);

    public static SessionKey Parse(string grainKey)
    {
        var slash = grainKey.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            ? new SessionKey(grainKey[..slash], grainKey[(slash + 1)..])
            : throw new FormatException("A session's grain key has the form tenant/id.");
    }

    public override string ToString() => $"{Tenant}/{Id}";
}
