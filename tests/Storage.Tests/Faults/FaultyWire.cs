using System.Net;
using System.Net.Sockets;

namespace Actors.Storage.Tests.Faults;

/// <summary>A loopback relay to the database that can lose an answer, or the whole connection, or let it hang.</summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _targetPort;
    private readonly Task _accepting;
    private readonly List<TcpClient> _open = [];
    private int _answersToLose;
    private int _accepted;
    private int _hanging;
    private volatile bool _isDown;

    public FaultyWire(int targetPort)
    {
        _targetPort = targetPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int AnswersLost { get; private set; }

    /// <summary>The server still gets the next request, but its answer never arrives: the connection ends instead.</summary>
    public void LoseNextAnswer() => Interlocked.Exchange(ref _answersToLose, 1);

    /// <summary>What is open stays open, and carries nothing any more.</summary>
    public void HangOpenOnes() => Volatile.Write(ref _hanging, Volatile.Read(ref _accepted));

    public void GoDown()
    {
        _isDown = true;
        lock (_open) _open.ForEach(client => client.Dispose());
    }

    public void ComeBack() => _isDown = false;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        GoDown();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // the test is over
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            if (_isDown) return;
            var number = Interlocked.Increment(ref _accepted);
            lock (_open) _open.AddRange([client, server]);
            await server.ConnectAsync(IPAddress.Loopback, _targetPort);
            await Task.WhenAny(PumpAsync(number, client, server, losesAnswers: false), PumpAsync(number, server, client, losesAnswers: true));
        }
    }

    private async Task PumpAsync(int number, TcpClient from, TcpClient to, bool losesAnswers)
    {
        try
        {
            var buffer = new byte[65536];
            while (await from.GetStream().ReadAsync(buffer) is var count and > 0)
            {
                if (number <= Volatile.Read(ref _hanging)) await Task.Delay(Timeout.Infinite, _stopping.Token);
                if (losesAnswers && Interlocked.Exchange(ref _answersToLose, 0) == 1)
                {
                    AnswersLost++;
                    return;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // the other side is gone
        }
    }
}
