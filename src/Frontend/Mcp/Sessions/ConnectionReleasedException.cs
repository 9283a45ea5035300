namespace Actors.Frontend.Mcp.Sessions;

/// <summary>The connection is closed before the answer; its client comes back for it with Last-Event-ID.</summary>
internal sealed class ConnectionReleasedException() : Exception("The connection was released before the answer.");
