namespace Orleans.Connections;

/// <summary>The way in.</summary>
internal sealed partial class Connection
{
    private long _heardAt;

    private async Task ReceiveAsync()
    {
        while (true)
        {
            var read = await _input.ReadAsync().ConfigureAwait(false);
            var buffer = read.Buffer;
            if (read.IsCanceled || (IsClosed && _reason is not null)) return;

            Volatile.Write(ref _heardAt, _clock.Now);
            while (FrameReader.TryRead(ref buffer, _limits.MaxFrameBytes, out var message))
            {
                // An empty frame is a sign of life, and nothing else.
                if (!message.IsEmpty) _receiver.Receive(this, message);
            }

            if (read.IsCompleted)
            {
                if (!buffer.IsEmpty) throw new BrokenFrameException("the connection ended within a frame");
                return;
            }

            _input.AdvanceTo(buffer.Start, buffer.End);
        }
    }
}
