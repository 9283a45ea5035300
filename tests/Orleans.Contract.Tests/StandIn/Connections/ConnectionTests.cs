using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using Orleans.Connections;

namespace Orleans.Contract.Tests.StandIn.Connections;

public sealed class ConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sent_arrives_and_is_answered()
    {
        await using var server = new Endpoint { Echoes = true };
        await server.ListenAsync();
        await using var client = new Endpoint();

        var connection = await client.ConnectAsync(server);
        Assert.True(connection.TrySend(Endpoint.FrameOf(connection, "hello")));

        Assert.Equal("hello", await client.Heard.Reader.ReadAsync(Token));
        Assert.Equal("listener", connection.Peer.Name);
    }

    [Fact]
    public async Task Each_senders_messages_keep_their_order()
    {
        const int senders = 8;
        const int each = 2_000;
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint();
        var connection = await client.ConnectAsync(server);

        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                var frame = Endpoint.FrameOf(connection, $"{sender}:{i}");
                while (!connection.TrySend(frame)) await connection.WaitForRoomAsync(Token);
            }
        })));

        var next = new int[senders];
        for (var i = 0; i < senders * each; i++)
        {
            var parts = (await server.Heard.Reader.ReadAsync(Token)).Split(':');
            var sender = int.Parse(parts[0], CultureInfo.InvariantCulture);
            Assert.Equal(next[sender]++, int.Parse(parts[1], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint();
        var connection = await client.ConnectAsync(server);
        var text = new string('x', 5_000_000) + "end";

        Assert.True(connection.TrySend(Endpoint.FrameOf(connection, text)));

        Assert.Equal(text, await server.Heard.Reader.ReadAsync(Token));
    }

    [Fact]
    public async Task A_message_over_the_limit_fails_in_the_writers_hands_and_the_connection_lives()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint(maxMessage: 1000);
        var connection = await client.ConnectAsync(server);

        using var frame = connection.NewFrame();
        var refused = Assert.ThrowsAny<Runtime.OrleansException>(() => frame.Write(new byte[1001]));

        Assert.Contains("1000", refused.Message, StringComparison.Ordinal);
        Assert.True(connection.TrySend(Endpoint.FrameOf(connection, "still here")));
        Assert.Equal("still here", await server.Heard.Reader.ReadAsync(Token));
    }

    [Fact]
    public async Task A_peer_that_receives_more_than_its_limit_closes()
    {
        await using var server = new Endpoint(maxMessage: 5000);
        await server.ListenAsync();
        await using var client = new Endpoint();
        var connection = await client.ConnectAsync(server);

        connection.TrySend(Endpoint.FrameOf(connection, new string('x', 5001)));

        Assert.IsType<BrokenFrameException>((await server.Ended.Reader.ReadAsync(Token)).Reason);
        await connection.Ended.WaitAsync(Token);
    }

    [Fact]
    public async Task A_slow_reader_costs_a_bounded_queue_and_the_sender_is_told()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint(settings: [("MaxQueuedFrames", "10"), ("MaxQueuedBytes", "1000000")]);
        var connection = await client.ConnectAsync(server);
        server.Gate.Reset();
        var sent = 0;

        // Sockets and pipes hold some, and may take it late.
        var frame = Endpoint.FrameOf(connection, new string('x', 100_000));
        while (sent < 10_000 && connection.TrySend(frame))
        {
            sent++;
            frame = Endpoint.FrameOf(connection, new string('x', 100_000));
            await Task.Yield();
        }

        Assert.InRange(sent, 1, 9_999);
        server.Gate.Set();
        while (!connection.TrySend(frame)) await connection.WaitForRoomAsync(Token);
        for (var i = 0; i <= sent; i++) await server.Heard.Reader.ReadAsync(Token);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_for_long_is_cut_off()
    {
        await using var server = new Endpoint(settings: ("SignOfLifeEvery", "00:00:00.2"));
        await server.ListenAsync();
        await using var client = new Endpoint(settings: [("MaxStall", "00:00:01"), ("MaxSilence", "00:10:00")]);
        var connection = await client.ConnectAsync(server);
        server.Gate.Reset();

        for (var i = 0; i < 100_000 && connection.TrySend(Endpoint.FrameOf(connection, new string('x', 100_000))); i++) await Task.Yield();

        var (ended, reason) = await client.Ended.Reader.ReadAsync(Token);
        Assert.Same(connection, ended);
        Assert.Contains("taken nothing", reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_connection_lives_by_its_signs_of_life_and_a_silent_one_is_found_out()
    {
        (string, string)[] settings = [("SignOfLifeEvery", "00:00:00.5"), ("MaxSilence", "00:00:03")];
        await using var server = new Endpoint(settings: settings);
        var real = Endpoint.FreeAddress();
        await using var proxy = new Proxy(real.Endpoint);
        await server.ListenAsync(Runtime.SiloAddress.New(proxy.Endpoint, real.Generation), real.Endpoint);
        await using var client = new Endpoint(settings: settings);
        var connection = await client.ConnectAsync(server);

        // Two for the handshake; then signs of life for longer than either side would bear silence.
        await Eventually.TrueAsync(() => Task.FromResult(proxy.Forwarded >= 12));
        Assert.False(connection.IsClosed);

        proxy.IsCut = true;
        var (_, reason) = await client.Ended.Reader.ReadAsync(Token);
        Assert.Contains("Nothing was heard", reason!.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was heard", (await server.Ended.Reader.ReadAsync(Token)).Reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_peer_ends_the_connection_and_a_new_one_is_made_when_it_is_back()
    {
        var address = Endpoint.FreeAddress();
        await using var client = new Endpoint();
        await using (var server = new Endpoint())
        {
            await server.ListenAsync(address);
            await client.ConnectAsync(address);
        }

        await client.Ended.Reader.ReadAsync(Token);
        var refused = await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(address));
        Assert.Equal(ConnectionFailure.Refused, refused.Failure);
        Assert.True(refused.IsGone);

        await using var again = new Endpoint();
        await again.ListenAsync(address);
        Connection? connection = null;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                connection = await client.ConnectAsync(address);
                return true;
            }
            catch (ConnectionFailedException)
            {
                return false;
            }
        });
        Assert.True(connection!.TrySend(Endpoint.FrameOf(connection, "back")));
        Assert.Equal("back", await again.Heard.Reader.ReadAsync(Token));
    }

    [Fact]
    public async Task All_who_ask_at_once_share_one_connection()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint();

        var connections = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => client.ConnectAsync(server))));

        Assert.Single(connections.Distinct());
    }

    [Fact]
    public async Task Both_ends_may_connect_to_each_other_at_once()
    {
        await using var one = new Endpoint { Echoes = true };
        await one.ListenAsync();
        await using var other = new Endpoint();
        await other.ListenAsync();

        var connections = await Task.WhenAll(one.ConnectAsync(other), other.ConnectAsync(one));
        foreach (var connection in connections) Assert.True(connection.TrySend(Endpoint.FrameOf(connection, "hello")));

        // The first one's own message, and the other's message sent back.
        for (var i = 0; i < 2; i++) Assert.Equal("hello", await other.Heard.Reader.ReadAsync(Token));
    }

    [Fact]
    public async Task A_message_larger_than_the_queue_waits_for_room_and_then_has_it()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint(settings: ("MaxQueuedBytes", "100000"));
        var connection = await client.ConnectAsync(server);
        server.Gate.Reset();
        var sent = new List<int>();
        do
        {
            // The socket takes what it has room for, whenever it likes.
            while (TrySend(10_000)) ;
        } while (TrySend(1_000_000));
        var room = connection.WaitForRoomAsync(Token);
        server.Gate.Set();
        await room;

        Assert.True(TrySend(1_000_000));
        foreach (var length in sent) Assert.Equal(length, (await server.Heard.Reader.ReadAsync(Token)).Length);

        bool TrySend(int length)
        {
            var frame = Endpoint.FrameOf(connection, new string('x', length));
            if (connection.TrySend(frame))
            {
                sent.Add(length);
                return true;
            }

            frame.Dispose();
            return false;
        }
    }

    [Fact]
    public async Task A_close_does_not_wait_for_a_peer_that_takes_nothing()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint(settings: ("CloseTimeout", "00:00:00.5"));
        var connection = await client.ConnectAsync(server);
        server.Gate.Reset();
        for (var i = 0; i < 100_000 && connection.TrySend(Endpoint.FrameOf(connection, new string('x', 100_000))); i++) await Task.Yield();

        await connection.CloseAsync().WaitAsync(TimeSpan.FromSeconds(30), Token);

        await connection.Ended.WaitAsync(Token);
        Assert.Same(connection, (await client.Ended.Reader.ReadAsync(Token)).Connection);
    }

    [Fact]
    public async Task Who_waits_for_room_is_told_when_the_connection_breaks()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint(settings: ("MaxQueuedFrames", "2"));
        var connection = await client.ConnectAsync(server);
        server.Gate.Reset();
        for (var i = 0; i < 100_000 && connection.TrySend(Endpoint.FrameOf(connection, new string('x', 1_000_000))); i++) await Task.Yield();
        var room = connection.WaitForRoomAsync(Token);

        connection.Abort("the test says so");

        await room;
        using var late = Endpoint.FrameOf(connection, "late");
        Assert.False(connection.TrySend(late));
        var (_, reason) = await client.Ended.Reader.ReadAsync(Token);
        Assert.Contains("the test says so", reason!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_closed_in_good_order_sends_what_waits()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint();
        var connection = await client.ConnectAsync(server);
        for (var i = 0; i < 1_000; i++) Assert.True(connection.TrySend(Endpoint.FrameOf(connection, "message")));

        await connection.CloseAsync();

        for (var i = 0; i < 1_000; i++) await server.Heard.Reader.ReadAsync(Token);
        Assert.Null((await server.Ended.Reader.ReadAsync(Token)).Reason);
        using var late = Endpoint.FrameOf(connection, "late");
        Assert.False(connection.TrySend(late));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: here\r\n\r\n")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    [InlineData("\u0005\0\0\0\u0001\u0002\u0003\u0004hello")]
    public async Task Garbage_before_the_handshake_closes_that_socket_and_no_other(string garbage)
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Endpoint, Token);
        await socket.SendAsync(System.Text.Encoding.Latin1.GetBytes(garbage), Token);

        Assert.Equal(0, await ReceiveSafelyAsync(socket));

        await using var client = new Endpoint();
        Assert.False((await client.ConnectAsync(server)).IsClosed);
    }

    private static async Task<int> ReceiveSafelyAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], Token);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
