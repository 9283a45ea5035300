using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Actors.Bench.Driver.Load;

/// <summary>One kept-alive HTTP/1.1 connection: the request's bytes out, the answer in, the next; no more than one under way.</summary>
internal sealed class HttpConnection(int bufferBytes = 64 * 1024) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[bufferBytes];

    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken) =>
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Host), address.Port), cancellationToken);

    /// <summary>The whole answer; valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request, SocketFlags.None);
        for (var length = 0; ;)
        {
            length += await ReceiveAsync(_buffer.AsMemory(length));
            if (IsWhole(_buffer.AsSpan(0, length)))
                return _buffer.AsMemory(0, length);
        }
    }

    /// <summary>Sends, and waits until these bytes have come: of a stream, whose answer has no end.</summary>
    public async Task OpenAsync(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> awaited)
    {
        await _socket.SendAsync(request, SocketFlags.None);
        for (var length = 0; _buffer.AsSpan(0, length).IndexOf(awaited.Span) < 0;)
            length += await ReceiveAsync(_buffer.AsMemory(length));
    }

    /// <summary>What has come of a stream since; valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync() => _buffer.AsMemory(0, await ReceiveAsync(_buffer));

    public void Dispose() => _socket.Dispose();

    public static bool IsOk(ReadOnlySpan<byte> answer) => answer.StartsWith("HTTP/1.1 200"u8);

    public static ReadOnlySpan<byte> BodyOf(ReadOnlySpan<byte> answer) => answer[(answer.IndexOf("\r\n\r\n"u8) + 4)..];

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        var read = await _socket.ReceiveAsync(buffer, SocketFlags.None);
        return read > 0 ? read : throw new IOException("The server closed the connection, or its answer is larger than the buffer.");
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var name = answer[..head].IndexOf("Content-Length: "u8);
        if (name < 0)
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        return Utf8Parser.TryParse(answer[(name + "Content-Length: ".Length)..], out int length, out _) && answer.Length >= head + 4 + length;
    }
}
