using System.Net.Sockets;
using Orleans.Connections;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Connections;

/// <summary>Somebody at a bare socket, who says the handshake's words as it likes.</summary>
internal sealed class RawCaller : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static byte[] HelloTo(SiloAddress target, string cluster = "test") =>
        HandshakeMessages.Hello(cluster, "default", new PeerIdentity(SiloAddress.New(target.Endpoint, -7), "raw"), target);

    public async Task ConnectAsync(SiloAddress target) => await _socket.ConnectAsync(target.Endpoint, Token);

    public async Task SayAsync(byte word, byte[] content)
    {
        using var frame = Frame.Rent(4096);
        frame.GetSpan(1)[0] = word;
        frame.Advance(1);
        content.CopyTo(frame.GetSpan(content.Length));
        frame.Advance(content.Length);
        await SendAsync(frame.Seal().ToArray());
    }

    public async Task SendAsync(byte[] bytes) => await _socket.SendAsync(bytes, Token);

    /// <summary>The next word and what it says.</summary>
    public async Task<(byte Word, byte[] Content)> HearAsync()
    {
        var header = await ReceiveAsync(Frame.HeaderLength);
        var message = await ReceiveAsync(BitConverter.ToInt32(header));
        return (message[0], message[1..]);
    }

    /// <summary>True when the other side closes without another word.</summary>
    public async Task<bool> HearsTheEndAsync()
    {
        try
        {
            return await _socket.ReceiveAsync(new byte[1], Token) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var received = await _socket.ReceiveAsync(bytes.AsMemory(have), Token);
            Assert.NotEqual(0, received);
            have += received;
        }

        return bytes;
    }
}
