using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Actors.Cluster.Processes;

/// <summary>One connection through a proxy. When one side ends abruptly, so does the other.</summary>
internal sealed class ProxiedConnection(Socket client, int? owner)
{
    private const int BufferBytes = 16 * 1024;

    private readonly Gate _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The process that made the connection, where it is known.</summary>
    public int? Owner => owner;

    public Task Ended => _ended.Task;

    public void Hold(bool isHeld) => _gate.Set(!isHeld);

    public async Task RunAsync(Func<int?> target, CancellationToken cancellationToken)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var isWhole = false;
        try
        {
            client.NoDelay = server.NoDelay = true;
            await _gate.PassAsync(both.Token);
            if (target() is not { } port)
                return;
            await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), both.Token);
            var directions = new[] { PassOnAsync(client, server, both.Token), PassOnAsync(server, client, both.Token) };
            // A side that says goodbye still gets what the other has for it; one that breaks takes the other with it.
            if (!await await Task.WhenAny(directions))
                await both.CancelAsync();
            isWhole = (await Task.WhenAll(directions)).All(direction => direction);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody behind it, or the proxy ends.
        }
        finally
        {
            if (!isWhole)
                client.LingerState = new LingerOption(true, 0); // A reset: the other side learns at once that it broke.
            client.Dispose();
            _ended.SetResult();
        }
    }

    /// <summary>False: broken; true: the source has said goodbye.</summary>
    private async Task<bool> PassOnAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                await _gate.PassAsync(cancellationToken);
                var read = await from.ReceiveAsync(buffer, cancellationToken);
                await _gate.PassAsync(cancellationToken);
                if (read == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return true;
                }

                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), cancellationToken);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
