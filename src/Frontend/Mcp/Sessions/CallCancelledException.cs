namespace Actors.Frontend.Mcp.Sessions;

/// <summary>The client has cancelled its request: there is nothing more to answer (2025-11-25, Cancellation, 4).</summary>
internal sealed class CallCancelledException() : Exception("The client has cancelled the request.");
