using System.Net;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>What is said of connections. Peers that do not belong together are a mistake that somebody must hear of.</summary>
internal sealed partial class ConnectionLog(ILogger<ConnectionLog> logger)
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Listening for {What} at {Endpoint}")]
    public partial void Listening(string what, EndPoint endpoint);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Connected to {Peer}")]
    public partial void Connected(string peer);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Peer} has connected")]
    public partial void Accepted(string peer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A caller at {Endpoint} was turned away")]
    public partial void TurnedAway(Exception exception, EndPoint? endpoint);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Too many callers are in their handshake; one from {Endpoint} was closed")]
    public partial void TooManyCallers(EndPoint? endpoint);

    [LoggerMessage(Level = LogLevel.Error, Message = "Accepting connections failed; it goes on")]
    public partial void AcceptFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "No connection to {Peer}: it and this process do not belong together")]
    public partial void Rejected(Exception exception, SiloAddress peer);

    [LoggerMessage(Level = LogLevel.Debug, Message = "No connection to {Peer}")]
    public partial void NotConnected(Exception exception, SiloAddress peer);
}
