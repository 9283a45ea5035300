using System.Net;
using System.Net.Sockets;

namespace Orleans.Contract.Tests.StandIn.Connections;

/// <summary>A way between two endpoints that can be cut without either end seeing it: what is sent just never arrives.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IPEndPoint _target;
    private readonly Task _work;
    private long _forwarded;

    public Proxy(IPEndPoint target)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Endpoint = (IPEndPoint)_listener.LocalEndPoint!;
        _work = Task.Run(RunAsync);
    }

    public IPEndPoint Endpoint { get; }

    /// <summary>How many times something was carried from the side that connected.</summary>
    public long Forwarded => Interlocked.Read(ref _forwarded);

    public bool IsCut { get; set; }

    /// <summary>Changes what the side that connected sends next, once.</summary>
    public Func<byte[], byte[]>? Tamper { get; set; }

    public bool EndsAfterTampering { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _work;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            using var near = await _listener.AcceptAsync(_stopping.Token);
            using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await far.ConnectAsync(_target, _stopping.Token);
            await Task.WhenAll(CarryAsync(near, far, counts: true), CarryAsync(far, near, counts: false));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // One end is gone, or the test is over.
        }
    }

    private async Task CarryAsync(Socket from, Socket to, bool counts)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and var length)
        {
            if (IsCut) continue;

            if (counts && Tamper is { } tamper)
            {
                Tamper = null;
                await to.SendAsync(tamper(buffer[..length]), _stopping.Token);
                if (!EndsAfterTampering) continue;

                to.Shutdown(SocketShutdown.Send);
                return;
            }

            await to.SendAsync(buffer.AsMemory(0, length), _stopping.Token);
            if (counts) Interlocked.Increment(ref _forwarded);
        }
    }
}
