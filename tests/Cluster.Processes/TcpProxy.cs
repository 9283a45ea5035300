using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Actors.Cluster.Processes;

/// <summary>
/// Stands before a port of loopback and passes bytes on, except for connections that are held: those stay open and silent, as in
/// a partitioned network, and what was on its way arrives when they are let go.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<ProxiedConnection, byte> _connections = new();
    private readonly Lock _gate = new();
    private readonly List<Predicate<int?>> _held = [];
    private readonly Func<IReadOnlyList<int>> _candidates;
    private readonly Task _accepting;
    private int[] _targets;
    private int _next;

    /// <param name="port">Where it listens.</param>
    /// <param name="targets">The ports behind it; connections go to one after the other.</param>
    /// <param name="candidates">The processes to look among for a connection's owner; none: owners are not looked for.</param>
    public TcpProxy(int port, IEnumerable<int> targets, Func<IReadOnlyList<int>>? candidates = null)
    {
        Port = port;
        _targets = [.. targets];
        _candidates = candidates ?? (static () => []);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(Backlog);
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Where connections go from now on.</summary>
    public void SetTargets(IEnumerable<int> targets) => Volatile.Write(ref _targets, [.. targets]);

    /// <summary>Holds every connection, present and to come, whose owner matches, until the returned value is disposed.</summary>
    /// <param name="isHeld">Gets the owner's process id; null where it is not known.</param>
    public IDisposable Hold(Predicate<int?> isHeld)
    {
        lock (_gate)
            _held.Add(isHeld);
        Review();
        return new Release(() =>
        {
            lock (_gate)
                _held.Remove(isHeld);
            Review();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys.Select(connection => connection.Ended));
        _ending.Dispose();
    }

    private void Review()
    {
        foreach (var connection in _connections.Keys)
            Review(connection);
    }

    private void Review(ProxiedConnection connection)
    {
        lock (_gate)
            connection.Hold(_held.Exists(isHeld => isHeld(connection.Owner)));
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_ending.Token);
                _ = ServeAsync(socket);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // Whoever connected has gone again.
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var candidates = _candidates();
        var owner = candidates.Count > 0 ? SocketOwner.Find(((IPEndPoint)socket.RemoteEndPoint!).Port, Port, candidates) : null;
        var connection = new ProxiedConnection(socket, owner);
        _connections.TryAdd(connection, 0);
        Review(connection);
        await connection.RunAsync(Target, _ending.Token);
        _connections.TryRemove(connection, out _);
    }

    private int? Target()
    {
        var targets = Volatile.Read(ref _targets);
        return targets.Length == 0 ? null : targets[(uint)Interlocked.Increment(ref _next) % targets.Length];
    }

    private sealed class Release(Action release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }
}
