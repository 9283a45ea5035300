using System.Buffers;
using Orleans.Connections;

namespace Actors.Bench.GrainCalls;

/// <summary>Says every message back.</summary>
internal sealed class FrameEcho : IFrameReceiver
{
    public void Receive(Connection connection, ReadOnlySequence<byte> message)
    {
        var frame = connection.NewFrame();
        foreach (var segment in message) frame.Write(segment.Span);
        if (!connection.TrySend(frame)) frame.Dispose();
    }

    public void Closed(Connection connection, Exception? reason)
    {
    }
}
