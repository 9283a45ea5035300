using Orleans.Connections;
using Orleans.Runtime;

namespace Orleans.Contract.Tests.StandIn.Connections;

public sealed class HandshakeTests
{
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
}
