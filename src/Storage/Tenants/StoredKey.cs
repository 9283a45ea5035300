using Actors.Tenants;

namespace Actors.Storage.Tenants;

/// <summary>A key that is in force: whom it speaks for, and the hash its secret must have.</summary>
internal sealed record StoredKey(Principal Principal, byte[] SecretHash);
