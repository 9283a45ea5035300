using System.Text;

namespace Actors.Fuzz.Tests.Wire;

/// <summary>Reads lines and bytes from a socket. The end of the stream in their middle is an error.</summary>
internal sealed class ResponseReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public async ValueTask<string> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end)
                await FillAsync(cancellationToken);
            var c = (char)_buffer[_start++];
            if (c == '\n')
                return line.ToString();
            if (c != '\r')
                line.Append(c);
        }
    }

    public async ValueTask<byte[]> BytesAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            if (_start == _end)
                await FillAsync(cancellationToken);
            var some = Math.Min(count - read, _end - _start);
            _buffer.AsSpan(_start, some).CopyTo(bytes.AsSpan(read));
            _start += some;
            read += some;
        }
        return bytes;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellationToken);
        if (_end == 0)
            throw new IOException("The server has closed the connection.");
    }
}
