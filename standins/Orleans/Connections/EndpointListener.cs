using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Connections;

/// <summary>Takes the connections that other processes open: at one endpoint.</summary>
internal sealed class EndpointListener(
    string what, IPEndPoint endpoint, PeerIdentity self, IFrameReceiver receiver, Transport transport, ConnectionMaker maker, ConnectionLimits limits,
    ConnectionLog log) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Connection, bool> _connections = new();
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _handshakes;

    /// <summary>How many peers are connected here.</summary>
    public int Count => _connections.Count;

    /// <summary>Binds the endpoint. Throws when it is taken.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _listener = await transport.ListenAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (AddressInUseException exception)
        {
            throw new Runtime.OrleansConfigurationException($"The endpoint {endpoint} for {what} is in use by another process.", exception);
        }

        log.Listening(what, _listener.EndPoint);
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
    }

    /// <summary>Takes no more connections; those that are open stay.</summary>
    public async Task StopListeningAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_listener is { } listener) await listener.UnbindAsync(CancellationToken.None).ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
    }

    /// <summary>Stops, sends what waits, and closes every connection.</summary>
    public async Task CloseAsync()
    {
        await StopListeningAsync().ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys.Select(connection => connection.CloseAsync())).ConfigureAwait(false);
        await Task.WhenAll(_connections.Keys.Select(connection => connection.Ended)).ConfigureAwait(false);
        if (_listener is { } listener) await listener.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (await _listener!.AcceptAsync(_stopping.Token).ConfigureAwait(false) is not { } context) return;

                _ = ServeAsync(context);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The boundary of the loop: one accept that fails (out of descriptors, say) must not end them all.
                log.AcceptFailed(exception);
                await Task.Delay(TimeSpan.FromMilliseconds(100), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(ConnectionContext context)
    {
        // Off the accept loop: a handshake is as slow as its caller.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (Interlocked.Increment(ref _handshakes) > limits.MaxHandshakes)
        {
            Interlocked.Decrement(ref _handshakes);
            log.TooManyCallers(context.RemoteEndPoint);
            context.Abort();
            await context.DisposeAsync().ConfigureAwait(false);
            return;
        }

        Connection? connection;
        try
        {
            connection = await maker.AcceptAsync(context, self, receiver, _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _handshakes);
        }

        if (connection is null) return;

        _connections[connection] = true;
        log.Accepted(connection.RemoteName);
        // Closing may have looked at the open connections already.
        if (_stopping.IsCancellationRequested) connection.Abort("the listener has stopped");
        await connection.RunAsync().ConfigureAwait(false);
        _connections.TryRemove(connection, out _);
    }
}
