using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Actors.Frontend.Tests.Allocation;

/// <summary>Sends one request again and again, and reads its answers, without allocating anything itself.</summary>
internal sealed class QuietConnection : IDisposable
{
    private static ReadOnlySpan<byte> LengthHeader => "Content-Length: "u8;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 * 1024];
    private readonly byte[] _request;

    public QuietConnection(Uri address, Message message)
    {
        var body = Encoding.UTF8.GetBytes(message.Body.ToJsonString());
        var head = new StringBuilder($"POST /mcp HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: {message.ContentType}\r\n");
        foreach (var (name, value) in message.Headers)
            head.Append($"{name}: {value}\r\n");
        head.Append($"Content-Length: {body.Length}\r\n\r\n");
        _request = [.. Encoding.ASCII.GetBytes(head.ToString()), .. body];
        _socket.Connect(new IPEndPoint(IPAddress.Parse(address.Host), address.Port));
    }

    /// <summary>The whole answer; valid until the next call.</summary>
    public ReadOnlySpan<byte> Send()
    {
        _socket.Send(_request);
        for (var length = 0; ;)
        {
            length += _socket.Receive(_answer.AsSpan(length));
            var answer = _answer.AsSpan(0, length);
            if (IsWhole(answer))
                return answer;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        var at = answer.IndexOf(LengthHeader);
        return head > at && at > 0 && Utf8Parser.TryParse(answer[(at + LengthHeader.Length)..], out int length, out _)
            && answer.Length >= head + 4 + length;
    }
}
