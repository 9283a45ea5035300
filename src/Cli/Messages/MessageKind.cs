namespace Actors.Cli.Messages;

/// <summary>What a line or an event holds, as JSON-RPC tells it.</summary>
internal enum MessageKind
{
    Request,
    Notification,
    Response,

    /// <summary>An array of messages, which only revision 2025-03-26 knows.</summary>
    Batch,
    Invalid,
}
