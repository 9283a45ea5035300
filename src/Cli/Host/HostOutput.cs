using System.Buffers;
using System.Threading.Channels;

namespace Actors.Cli.Host;

/// <summary>
/// Messages to the host, each on a line of its own, never a part of one. A host that does not read holds up whoever has
/// something for it, and with that the server's streams and the host's own lines.
/// </summary>
internal sealed class HostOutput
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Channel<ReadOnlyMemory<byte>> _messages;
    private readonly CancellationTokenSource _broken = new();
    private readonly Task _writing;

    public HostOutput(Stream stdout, int maxQueuedMessages)
    {
        _messages = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(maxQueuedMessages) { SingleReader = true });
        _writing = WriteAllAsync(stdout);
    }

    /// <summary>Cancelled when the host does not take any more.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>Takes the message for good; not bound to a request's token, so that what has arrived is written.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            await _messages.Writer.WriteAsync(message, _broken.Token);
        }
        catch (ChannelClosedException)
        {
            // The bridge has ended, and with it the time for answers.
        }
    }

    /// <summary>Writes what is there still, and no more; false: not all of it in time.</summary>
    public async Task<bool> CompleteAsync(TimeSpan deadline, TimeProvider time)
    {
        _messages.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(deadline, time);
            return !_broken.IsCancellationRequested;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task WriteAllAsync(Stream stdout)
    {
        var chunk = new ArrayBufferWriter<byte>(ChunkBytes);
        try
        {
            while (await _messages.Reader.WaitToReadAsync())
            {
                while (chunk.WrittenCount < ChunkBytes && _messages.Reader.TryRead(out var message))
                    Append(chunk, message.Span);
                await stdout.WriteAsync(chunk.WrittenMemory);
                await stdout.FlushAsync();
                chunk.ResetWrittenCount();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            // The host has closed its end or is gone.
            await _broken.CancelAsync();
        }
    }

    // Between the tokens of a message line ends are white space, and within them JSON has none.
    private static void Append(ArrayBufferWriter<byte> chunk, ReadOnlySpan<byte> message)
    {
        var line = chunk.GetSpan(message.Length + 1)[..(message.Length + 1)];
        message.CopyTo(line);
        line.Replace((byte)'\n', (byte)' ');
        line.Replace((byte)'\r', (byte)' ');
        line[^1] = (byte)'\n';
        chunk.Advance(line.Length);
    }
}
