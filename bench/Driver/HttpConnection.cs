using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Actors.Bench.Driver;

/// <summary>One kept-alive HTTP/1.1 connection: the request's bytes out, the answer in, the next; no more than one under way.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];

    public async Task ConnectAsync(Uri address, CancellationToken cancellationToken) =>
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(address.Host), address.Port), cancellationToken);

    /// <summary>The whole answer; valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request, SocketFlags.None);
        for (var length = 0; ;)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length), SocketFlags.None);
            if (read == 0)
                throw new IOException("The server closed the connection, or its answer is larger than the buffer.");
            length += read;
            if (IsWhole(_buffer.AsSpan(0, length)))
                return _buffer.AsMemory(0, length);
        }
    }

    public void Dispose() => _socket.Dispose();

    public static bool IsOk(ReadOnlySpan<byte> answer) => answer.StartsWith("HTTP/1.1 200"u8);

    public static ReadOnlySpan<byte> BodyOf(ReadOnlySpan<byte> answer) => answer[(answer.IndexOf("\r\n\r\n"u8) + 4)..];

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
            return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(length + "Content-Length: ".Length)..];
        return answer.Length >= head + 4 + int.Parse(Encoding.ASCII.GetString(digits[..digits.IndexOf((byte)'\r')]), System.Globalization.CultureInfo.InvariantCulture);
    }
}
