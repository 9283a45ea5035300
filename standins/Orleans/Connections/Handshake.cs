using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Membership;
using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>
/// Greeting, challenge with proof, proof, welcome. Either side may say No, with a reason, instead of its next word. Each word is a
/// frame whose first byte is its kind.
/// </summary>
internal sealed class Handshake(ClusterSecret secret, IOptions<ClusterOptions> cluster)
{
    private const string CallerRole = "caller";
    private const string ListenerRole = "listener";

    private enum Word : byte
    {
        Hello = 1,
        Challenge = 2,
        Proof = 3,
        Welcome = 4,
        No = 5,
        NotHere = 6
    }

    /// <summary>The calling side. Throws <see cref="ConnectionFailedException"/>.</summary>
    public async Task<PeerIdentity> CallAsync(IDuplexPipe pipe, PeerIdentity self, SiloAddress target, CancellationToken cancellationToken)
    {
        var key = await secret.GetAsync(cancellationToken).ConfigureAwait(false);
        var hello = HandshakeMessages.Hello(cluster.Value.ClusterId, cluster.Value.ServiceId, self, target);
        await SayAsync(pipe, Word.Hello, hello, cancellationToken).ConfigureAwait(false);
        var answer = await HearAsync(pipe, Word.Challenge, target, cancellationToken).ConfigureAwait(false);
        if (answer.Length < HandshakeMessages.ProofLength) throw new BrokenFrameException("what came is no challenge");

        var challenge = answer[HandshakeMessages.ProofLength..];
        if (!HandshakeMessages.IsProof(answer.AsSpan(0, HandshakeMessages.ProofLength), key.Span, ListenerRole, hello, challenge))
        {
            const string reason = "it does not know this cluster's secret";
            await SayAsync(pipe, Word.No, Encoding.UTF8.GetBytes(reason), cancellationToken).ConfigureAwait(false);
            throw new ConnectionFailedException(ConnectionFailure.Rejected, $"{target} is not trusted: {reason}.");
        }

        await SayAsync(pipe, Word.Proof, HandshakeMessages.Proof(key.Span, CallerRole, hello, challenge), cancellationToken).ConfigureAwait(false);
        await HearAsync(pipe, Word.Welcome, target, cancellationToken).ConfigureAwait(false);
        return new PeerIdentity(target, HandshakeMessages.NameIn(challenge));
    }

    /// <summary>The listening side. Throws <see cref="ConnectionFailedException"/> for a caller that does not belong here.</summary>
    public async Task<PeerIdentity> AnswerAsync(IDuplexPipe pipe, PeerIdentity self, CancellationToken cancellationToken)
    {
        var greeting = await HearAsync(pipe, Word.Hello, null, cancellationToken).ConfigureAwait(false);
        var hello = HandshakeMessages.ReadHello(greeting);
        if (WhyNot(hello) is { } reason) throw await RefuseAsync(pipe, Word.No, reason, cancellationToken).ConfigureAwait(false);
        if (!hello.Target.Equals(self.Address))
            throw await RefuseAsync(pipe, Word.NotHere, $"{hello.Target} is not here any more; this is {self.Address}", cancellationToken).ConfigureAwait(false);

        var key = await secret.GetAsync(cancellationToken).ConfigureAwait(false);
        var challenge = HandshakeMessages.Challenge(self.Name);
        byte[] answer = [.. HandshakeMessages.Proof(key.Span, ListenerRole, greeting, challenge), .. challenge];
        await SayAsync(pipe, Word.Challenge, answer, cancellationToken).ConfigureAwait(false);
        var proof = await HearAsync(pipe, Word.Proof, hello.Caller.Address, cancellationToken).ConfigureAwait(false);
        if (!HandshakeMessages.IsProof(proof, key.Span, CallerRole, greeting, challenge))
            throw await RefuseAsync(pipe, Word.No, "the caller does not know this cluster's secret", cancellationToken).ConfigureAwait(false);

        await SayAsync(pipe, Word.Welcome, [], cancellationToken).ConfigureAwait(false);
        return hello.Caller;
    }

    private string? WhyNot(HelloRead hello)
    {
        if (!HandshakeMessages.IsOurVersion(hello)) return $"the caller speaks version {hello.Version} of the handshake";
        if (hello.ClusterId != cluster.Value.ClusterId) return $"the caller belongs to the cluster \"{hello.ClusterId}\", this is \"{cluster.Value.ClusterId}\"";
        return hello.ServiceId == cluster.Value.ServiceId
            ? null
            : $"the caller belongs to the service \"{hello.ServiceId}\", this is \"{cluster.Value.ServiceId}\"";
    }

    private static async Task<ConnectionFailedException> RefuseAsync(IDuplexPipe pipe, Word word, string reason, CancellationToken cancellationToken)
    {
        await SayAsync(pipe, word, Encoding.UTF8.GetBytes(reason), cancellationToken).ConfigureAwait(false);
        return new ConnectionFailedException(word is Word.NotHere ? ConnectionFailure.SomebodyElse : ConnectionFailure.Rejected, $"A caller was turned away: {reason}.");
    }

    private static async Task SayAsync(IDuplexPipe pipe, Word word, byte[] content, CancellationToken cancellationToken)
    {
        using var frame = Frame.Rent(HandshakeMessages.MaxLength);
        frame.GetSpan(1)[0] = (byte)word;
        frame.Advance(1);
        frame.Write(content);
        pipe.Output.Write(frame.Seal());
        await pipe.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> HearAsync(IDuplexPipe pipe, Word expected, SiloAddress? peer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (FrameReader.TryRead(ref buffer, HandshakeMessages.MaxLength, out var message))
            {
                var content = message.ToArray();
                pipe.Input.AdvanceTo(buffer.Start);
                return Content(content, expected, peer);
            }

            if (read.IsCompleted) throw new IOException("The connection was closed during its handshake.");
            pipe.Input.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static byte[] Content(byte[] message, Word expected, SiloAddress? peer) => message switch
    {
        [(byte)Word.No, .. var reason] =>
            throw new ConnectionFailedException(ConnectionFailure.Rejected, $"{peer} turned this process away: {Encoding.UTF8.GetString(reason)}."),
        [(byte)Word.NotHere, .. var reason] =>
            throw new ConnectionFailedException(ConnectionFailure.SomebodyElse, $"{Encoding.UTF8.GetString(reason)}."),
        [var word, .. var content] when word == (byte)expected => content,
        _ => throw new BrokenFrameException("what came is no word of the handshake that fits here")
    };
}
