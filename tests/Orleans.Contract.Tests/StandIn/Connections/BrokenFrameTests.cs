using Orleans.Connections;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Connections;

/// <summary>What becomes of frames that something on the way has damaged: none is delivered, and the connection ends.</summary>
public sealed class BrokenFrameTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Frame.HeaderLength, "does not match its checksum")]
    [InlineData(Frame.HeaderLength + 10, "does not match its checksum")]
    [InlineData(4, "header")]
    [InlineData(8, "header")]
    public async Task A_flipped_bit_ends_the_connection(int offset, string reason)
    {
        var ended = await SendThroughAsync(bytes =>
        {
            bytes[offset] ^= 0x10;
            return bytes;
        });

        Assert.Contains(reason, Assert.IsType<BrokenFrameException>(ended).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_flipped_bit_in_a_length_is_noticed_before_the_bytes_it_claims(int offset)
    {
        var ended = await SendThroughAsync(bytes =>
        {
            bytes[offset] ^= 0x01;
            return bytes;
        });

        Assert.Contains("header", Assert.IsType<BrokenFrameException>(ended).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(Frame.HeaderLength)]
    [InlineData(Frame.HeaderLength + 10)]
    public async Task A_frame_cut_short_is_not_delivered(int length)
    {
        var ended = await SendThroughAsync(bytes => bytes[..length], isLast: true);

        Assert.Contains("within a frame", Assert.IsType<BrokenFrameException>(ended).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_put_in_by_somebody_on_the_way_is_not_delivered_without_its_header()
    {
        var ended = await SendThroughAsync(static bytes => [.. bytes[Frame.HeaderLength..], .. bytes]);

        Assert.IsType<BrokenFrameException>(ended);
    }

    private static async Task<Exception?> SendThroughAsync(Func<byte[], byte[]> tamper, bool isLast = false)
    {
        await using var server = new Endpoint();
        var real = Endpoint.FreeAddress();
        await using var proxy = new Proxy(real.Endpoint);
        await server.ListenAsync(SiloAddress.New(proxy.Endpoint, real.Generation), real.Endpoint);
        await using var client = new Endpoint();
        var connection = await client.ConnectAsync(server);
        proxy.Tamper = tamper;
        proxy.EndsAfterTampering = isLast;

        Assert.True(connection.TrySend(Endpoint.FrameOf(connection, "a message of some length")));

        var (_, reason) = await server.Ended.Reader.ReadAsync(Token);
        Assert.False(server.Heard.Reader.TryRead(out _));
        await connection.Ended.WaitAsync(Token);
        return reason;
    }
}
