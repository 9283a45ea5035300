using System.Buffers;

namespace Orleans.Connections;

/// <summary>The way in.</summary>
internal sealed partial class Connection
{
    // The connection whose messages this thread hands to their receiver. What is sent on it meanwhile leaves together, after them.
    [ThreadStatic]
    private static Connection? Receiving;

    private bool _isOwed;
    private long _heardAt;

    private async Task ReceiveAsync()
    {
        while (true)
        {
            var read = await _input.ReadAsync().ConfigureAwait(false);
            var buffer = read.Buffer;
            if (read.IsCanceled || (IsClosed && _reason is not null)) return;

            Volatile.Write(ref _heardAt, _clock.Now);
            ReceiveAll(ref buffer);

            if (read.IsCompleted)
            {
                if (!buffer.IsEmpty) throw new BrokenFrameException("the connection ended within a frame");
                return;
            }

            _input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private void ReceiveAll(ref ReadOnlySequence<byte> buffer)
    {
        var outer = Receiving;
        Receiving = this;
        try
        {
            while (FrameReader.TryRead(ref buffer, _limits.MaxFrameBytes, out var message))
            {
                // An empty frame is a sign of life, and nothing else.
                if (!message.IsEmpty) _receiver.Receive(this, message);
            }
        }
        finally
        {
            Receiving = outer;
            if (_isOwed) CarryWhatIsOwed();
        }
    }

    private void CarryWhatIsOwed()
    {
        _isOwed = false;
        _ = CarryAsync(CarriedBySender);
    }
}
