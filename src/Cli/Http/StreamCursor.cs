namespace Actors.Cli.Http;

/// <summary>How far a stream was read: what a reconnection goes on from (revision 2025-11-25, Resumability and Redelivery).</summary>
internal sealed class StreamCursor
{
    public string? LastEventId { get; set; }

    /// <summary>What the server asked to wait before reconnecting; null: nothing.</summary>
    public TimeSpan? Retry { get; set; }
}
