using System.Buffers;

namespace Orleans.Connections;

/// <summary>
/// Takes what arrives. An interface because the messaging that implements it stands on the connections, and because these are
/// tested without messaging.
/// </summary>
internal interface IFrameReceiver
{
    /// <summary>
    /// One message, in the order of its sending; valid until the method returns, which it does soon and without blocking: the
    /// next message waits for it. What it throws closes the connection.
    /// </summary>
    void Receive(Connection connection, ReadOnlySequence<byte> message);

    /// <summary>Once, after the last message of a connection.</summary>
    /// <param name="connection">One that was accepted, or made by the pool.</param>
    /// <param name="reason">Null when the peer or this process closed it in good order.</param>
    void Closed(Connection connection, Exception? reason);
}
