using System.Net;
using System.Net.Sockets;

namespace Orleans.Contract.Tests.Cluster;

/// <summary>A port in front of a silo's own, which can be made to swallow everything, as a cut network does.</summary>
internal sealed class Detour : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private volatile bool _isCut;

    public Detour()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int TargetPort { get; } = TestCluster.FreePort();

    public void Cut() => _isCut = true;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true) _ = ForwardAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
    }

    private async Task ForwardAsync(TcpClient caller)
    {
        try
        {
            using (caller)
            using (var target = new TcpClient())
            {
                await target.ConnectAsync(IPAddress.Loopback, TargetPort, _stopping.Token);
                await Task.WhenAny(PumpAsync(caller.GetStream(), target.GetStream()), PumpAsync(target.GetStream(), caller.GetStream()));
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The silo is not there, or the test is over: the caller sees a broken connection.
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var count)
            if (!_isCut) await to.WriteAsync(buffer.AsMemory(0, count), _stopping.Token);
    }
}
