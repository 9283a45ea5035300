namespace Actors.Storage.Tenants;

/// <summary>A new API key. <paramref name="Plaintext"/> exists only here: what is stored cannot give it back.</summary>
public sealed record IssuedKey(string Id, string Plaintext)
{
    /// <summary>Leaves the secret out, so that no log line gets it by accident.</summary>
    public override string ToString() => $"API key {Id}";
}
