using System.IO.Pipelines;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Runtime;

namespace Orleans.Connections;

/// <summary>From a socket to an open connection, on both sides: TLS where it is asked for, then the handshake.</summary>
internal sealed class ConnectionMaker(
    Transport transport, Handshake handshake, TlsLayer tls, ConnectionLimits limits, ConnectionClock clock, ConnectionLog log)
{
    /// <summary>Throws <see cref="ConnectionFailedException"/> and nothing else, but for the caller's own cancellation.</summary>
    public async Task<Connection> ConnectAsync(SiloAddress target, PeerIdentity self, IFrameReceiver receiver, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limits.ConnectTimeout + limits.HandshakeTimeout, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        ConnectionContext? context = null;
        IDuplexPipe? pipe = null;
        try
        {
            context = await ConnectSocketAsync(target, either.Token).ConfigureAwait(false);
            pipe = await tls.AsClientAsync(context, target, either.Token).ConfigureAwait(false);
            var peer = await handshake.CallAsync(pipe, self, target, either.Token).ConfigureAwait(false);
            return Open(context, pipe, peer, receiver);
        }
        catch (Exception exception)
        {
            await DropAsync(context, pipe).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw AsFailure(exception, target);
        }
    }

    /// <summary>Null for a caller that was turned away, which is logged here.</summary>
    public async Task<Connection?> AcceptAsync(ConnectionContext context, PeerIdentity self, IFrameReceiver receiver, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limits.HandshakeTimeout, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        IDuplexPipe? pipe = null;
        try
        {
            pipe = await tls.AsServerAsync(context, either.Token).ConfigureAwait(false);
            var peer = await handshake.AnswerAsync(pipe, self, either.Token).ConfigureAwait(false);
            return Open(context, pipe, peer, receiver);
        }
        catch (Exception exception)
        {
            // The boundary of one caller: whatever it did, the others are none the worse.
            log.TurnedAway(exception, context.RemoteEndPoint);
            await DropAsync(context, pipe).ConfigureAwait(false);
            return null;
        }
    }

    private Connection Open(ConnectionContext context, IDuplexPipe pipe, PeerIdentity peer, IFrameReceiver receiver) =>
        new(context, pipe, peer, receiver, limits, clock);

    private async Task<ConnectionContext> ConnectSocketAsync(SiloAddress target, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limits.ConnectTimeout, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        return await transport.ConnectAsync(target.Endpoint, either.Token).ConfigureAwait(false);
    }

    private static ConnectionFailedException AsFailure(Exception exception, SiloAddress target) => exception switch
    {
        ConnectionFailedException failed => failed,
        OperationCanceledException => new ConnectionFailedException(ConnectionFailure.Unreachable, $"{target} did not answer in time.", exception),
        AuthenticationException or IOException { InnerException: AuthenticationException } => new ConnectionFailedException(ConnectionFailure.Rejected, $"No secure connection to {target}: {exception.Message}", exception),
        BrokenFrameException => new ConnectionFailedException(ConnectionFailure.Rejected, $"{target} is no silo: {exception.Message}.", exception),
        _ => new ConnectionFailedException(ConnectionFailure.Unreachable, $"The connection to {target} failed: {exception.Message}", exception)
    };

    // In good order, so that a last word still leaves.
    private static async Task DropAsync(ConnectionContext? context, IDuplexPipe? pipe)
    {
        if (context is null) return;

        try
        {
            pipe ??= context.Transport;
            await pipe.Output.CompleteAsync().ConfigureAwait(false);
            await pipe.Input.CompleteAsync().ConfigureAwait(false);
            await context.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It is closed already.
        }
    }
}
