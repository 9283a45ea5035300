namespace Actors.Storage.Silos;

/// <summary>What some silo offers or offered.</summary>
public sealed record StoredCatalogue(byte[] Content, DateTimeOffset FirstSeenAt);
