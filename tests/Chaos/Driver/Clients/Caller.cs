namespace Actors.Chaos.Driver.Clients;

/// <summary>Whom clients speak for: "tenant/subject", and the key that proves it.</summary>
internal sealed record Caller(string Name, string Key);
