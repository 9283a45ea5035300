using System.Net;
using System.Net.Sockets;
using System.Text;
using Orleans.Connections;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Connections;

public sealed class HandshakeTests
{
    private const byte Hello = 1;
    private const byte Proof = 3;
    private const byte Welcome = 4;
    private const byte No = 5;

    [Fact]
    public async Task A_wrong_secret_is_rejected_and_not_taken_for_an_absent_silo()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var stranger = new Endpoint(secret: "another");

        var rejected = await Assert.ThrowsAsync<ConnectionFailedException>(() => stranger.ConnectAsync(server));

        Assert.Equal(ConnectionFailure.Rejected, rejected.Failure);
        Assert.False(rejected.IsGone);
        Assert.Contains("secret", rejected.Message, StringComparison.Ordinal);
        Assert.True(stranger.Log.Any("secret"));
        await Eventually.TrueAsync(() => Task.FromResult(server.Log.Any("secret")));
    }

    [Fact]
    public async Task Another_cluster_is_rejected_by_name()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var stranger = new Endpoint(cluster: "other");

        var rejected = await Assert.ThrowsAsync<ConnectionFailedException>(() => stranger.ConnectAsync(server));

        Assert.Equal(ConnectionFailure.Rejected, rejected.Failure);
        Assert.Contains("\"other\"", rejected.Message, StringComparison.Ordinal);
        Assert.True(stranger.Log.Any("\"other\""));
        await Eventually.TrueAsync(() => Task.FromResult(server.Log.Any("\"other\"")));
    }

    [Fact]
    public async Task A_silo_that_was_restarted_at_the_same_endpoint_says_that_the_earlier_one_is_gone()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        await using var client = new Endpoint();
        var earlier = SiloAddress.New(server.Address.Endpoint, server.Address.Generation - 1);

        var gone = await Assert.ThrowsAsync<ConnectionFailedException>(() => client.ConnectAsync(earlier));

        Assert.Equal(ConnectionFailure.SomebodyElse, gone.Failure);
        Assert.True(gone.IsGone);
    }

    [Fact]
    public void A_proof_holds_for_one_role_and_one_exchange()
    {
        byte[] secret = [1, 2, 3];
        byte[] hello = [4, 5];
        byte[] challenge = [6];
        var proof = HandshakeMessages.Proof(secret, "caller", hello, challenge);

        Assert.True(HandshakeMessages.IsProof(proof, secret, "caller", hello, challenge));
        Assert.False(HandshakeMessages.IsProof(proof, secret, "listener", hello, challenge));
        Assert.False(HandshakeMessages.IsProof(proof, secret, "caller", [4], [5, 6]));
        Assert.False(HandshakeMessages.IsProof(proof, [1, 2], "caller", hello, challenge));
    }

    [Fact]
    public async Task A_caller_with_another_version_of_the_handshake_is_told_so()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        using var caller = new RawCaller();
        await caller.ConnectAsync(server.Address);
        var hello = RawCaller.HelloTo(server.Address);
        hello[4] = 99;

        await caller.SayAsync(Hello, hello);

        var (word, reason) = await caller.HearAsync();
        Assert.Equal(No, word);
        Assert.Contains("version 99", Encoding.UTF8.GetString(reason), StringComparison.Ordinal);
        Assert.True(await caller.HearsTheEndAsync());
        Assert.True(server.Log.Any("version 99"));
    }

    [Fact]
    public async Task The_listeners_own_proof_sent_back_proves_nothing()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        using var caller = new RawCaller();
        await caller.ConnectAsync(server.Address);
        await caller.SayAsync(Hello, RawCaller.HelloTo(server.Address));
        var (_, challenge) = await caller.HearAsync();

        await caller.SayAsync(Proof, challenge[..HandshakeMessages.ProofLength]);

        Assert.Equal(No, (await caller.HearAsync()).Word);
        Assert.True(await caller.HearsTheEndAsync());
    }

    [Fact]
    public async Task A_proof_of_one_exchange_is_worth_nothing_in_the_next()
    {
        await using var server = new Endpoint();
        await server.ListenAsync();
        var hello = RawCaller.HelloTo(server.Address);
        byte[] proof;
        using (var witness = new RawCaller())
        {
            await witness.ConnectAsync(server.Address);
            await witness.SayAsync(Hello, hello);
            var challenge = (await witness.HearAsync()).Content[HandshakeMessages.ProofLength..];
            proof = HandshakeMessages.Proof(Encoding.UTF8.GetBytes("the secret"), "caller", hello, challenge);
            await witness.SayAsync(Proof, proof);
            Assert.Equal(Welcome, (await witness.HearAsync()).Word);
        }

        using var thief = new RawCaller();
        await thief.ConnectAsync(server.Address);
        await thief.SayAsync(Hello, hello);
        await thief.HearAsync();
        await thief.SayAsync(Proof, proof);

        Assert.Equal(No, (await thief.HearAsync()).Word);
    }

    [Fact]
    public async Task A_caller_that_says_nothing_is_not_waited_for()
    {
        await using var server = new Endpoint(settings: ("HandshakeTimeout", "00:00:00.5"));
        await server.ListenAsync();
        using var caller = new RawCaller();
        await caller.ConnectAsync(server.Address);

        Assert.True(await caller.HearsTheEndAsync());
    }

    [Fact]
    public async Task A_listener_that_says_nothing_is_unreachable_and_not_gone()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        await using var client = new Endpoint(settings: [("HandshakeTimeout", "00:00:00.3"), ("ConnectTimeout", "00:00:00.3")]);

        var failed = await Assert.ThrowsAsync<ConnectionFailedException>(
            () => client.ConnectAsync(SiloAddress.New((IPEndPoint)mute.LocalEndpoint, 1)));

        Assert.Equal(ConnectionFailure.Unreachable, failed.Failure);
        Assert.False(failed.IsGone);
    }

    [Fact]
    public async Task Callers_beyond_the_limit_of_handshakes_are_closed()
    {
        await using var server = new Endpoint(settings: [("MaxHandshakes", "1"), ("HandshakeTimeout", "00:01:00")]);
        await server.ListenAsync();
        using var first = new RawCaller();
        await first.ConnectAsync(server.Address);
        await first.SayAsync(Hello, RawCaller.HelloTo(server.Address));
        await first.HearAsync();
        using var second = new RawCaller();
        await second.ConnectAsync(server.Address);

        Assert.True(await second.HearsTheEndAsync());
    }
}
