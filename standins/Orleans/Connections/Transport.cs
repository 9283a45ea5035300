using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Connections;

/// <summary>Kestrel's sockets, both ways round.</summary>
internal sealed class Transport(ILoggerFactory logging) : IDisposable
{
    // What waits is queued by the connection, which counts it; the pipe itself holds little.
    private const int PipeBuffer = 256 * 1024;

    private readonly SocketConnectionContextFactory _contexts = new(
        new SocketConnectionFactoryOptions
        {
            MaxReadBufferSize = PipeBuffer, MaxWriteBufferSize = PipeBuffer, UnsafePreferInlineScheduling = true,
            WaitForDataBeforeAllocatingBuffer = false
        },
        logging.CreateLogger<SocketConnectionContextFactory>());

    public ValueTask<IConnectionListener> ListenAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var factory = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions
            {
                NoDelay = true,
                MaxReadBufferSize = PipeBuffer,
                MaxWriteBufferSize = PipeBuffer,
                UnsafePreferInlineScheduling = true,
                WaitForDataBeforeAllocatingBuffer = false
            }),
            logging);
        return factory.BindAsync(endpoint, cancellationToken);
    }

    /// <summary>Throws <see cref="ConnectionFailedException"/>.</summary>
    public async Task<ConnectionContext> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return _contexts.Create(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw exception.SocketErrorCode is SocketError.ConnectionRefused
                ? new ConnectionFailedException(ConnectionFailure.Refused, $"Nobody listens at {endpoint}.", exception)
                : new ConnectionFailedException(ConnectionFailure.Unreachable, $"{endpoint} cannot be reached: {exception.SocketErrorCode}.", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _contexts.Dispose();
}
