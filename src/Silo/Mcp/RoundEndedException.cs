namespace Actors.Silo.Mcp;

/// <summary>
/// Unwinds a tool whose call cannot go on in this round: it asked the client, or became a job. What is to happen is recorded
/// before it is thrown, so that a tool that catches it changes nothing.
/// </summary>
internal sealed class RoundEndedException() : Exception("The call goes on in another round.");
