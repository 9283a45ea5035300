namespace Actors.Storage.Sessions;

/// <summary>A row and its version.</summary>
internal sealed record StoredSession(SessionRow Row, long Version);
