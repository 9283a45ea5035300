namespace Actors.Storage.Tenants;

/// <summary>An API key in a list, without its secret.</summary>
public sealed record ApiKeyEntry(string Id, string Subject, string? Label, DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt);
