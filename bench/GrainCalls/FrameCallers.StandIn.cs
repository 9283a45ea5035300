using System.Buffers;
using System.Buffers.Binary;
using System.Threading.Tasks.Sources;
using Orleans.Connections;

namespace Actors.Bench.GrainCalls;

/// <summary>Callers that send a message of 100 bytes each and wait for it to come back.</summary>
internal sealed class FrameCallers : IFrameReceiver
{
    private const int MessageLength = 100;

    private readonly Waiting[] _waiting;

    public FrameCallers(int count) => _waiting = [.. Enumerable.Range(0, count).Select(_ => new Waiting())];

    public ValueTask<int> CallAsync(Connection connection, int caller, int value)
    {
        var frame = connection.NewFrame();
        var span = frame.GetSpan(MessageLength);
        BinaryPrimitives.WriteInt32LittleEndian(span, caller);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], value);
        frame.Advance(MessageLength);
        var answer = _waiting[caller].Begin();
        return connection.TrySend(frame) ? answer : throw new InvalidOperationException("There is no room for the frame.");
    }

    public void Receive(Connection connection, ReadOnlySequence<byte> message)
    {
        Span<byte> head = stackalloc byte[8];
        message.Slice(0, 8).CopyTo(head);
        _waiting[BinaryPrimitives.ReadInt32LittleEndian(head)].End(BinaryPrimitives.ReadInt32LittleEndian(head[4..]));
    }

    public void Closed(Connection connection, Exception? reason)
    {
    }

    private sealed class Waiting : IValueTaskSource<int>
    {
        // As a grain's reply: the caller goes on elsewhere, and the next frame is read meanwhile.
        private ManualResetValueTaskSourceCore<int> _core = new() { RunContinuationsAsynchronously = true };

        public ValueTask<int> Begin()
        {
            _core.Reset();
            return new ValueTask<int>(this, _core.Version);
        }

        public void End(int value) => _core.SetResult(value);

        public int GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
