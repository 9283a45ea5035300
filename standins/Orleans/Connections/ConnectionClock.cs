using System.Collections.Concurrent;
using Orleans.Timers;

namespace Orleans.Connections;

/// <summary>One tick for all connections: signs of life, and the ends of silent and stalled ones.</summary>
internal sealed class ConnectionClock : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Connection, bool> _connections = new();
    private readonly ITimer _timer;
    private long _tickedAt;

    public ConnectionClock(TimeProvider time)
    {
        Time = time;
        _tickedAt = Now;
        using (SuppressedFlow.Begin())
            _timer = time.CreateTimer(static state => ((ConnectionClock)state!).Tick(), this, Period, Period);
    }

    public TimeProvider Time { get; }

    /// <summary>A timestamp of the clock's provider.</summary>
    public long Now => Time.GetTimestamp();

    public TimeSpan Elapsed(long from, long to) => Time.GetElapsedTime(from, to);

    public void Add(Connection connection) => _connections[connection] = true;

    public void Remove(Connection connection) => _connections.TryRemove(connection, out _);

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var now = Now;
        var isLate = Elapsed(_tickedAt, now) > Period * 3;
        _tickedAt = now;
        // This process stood still itself: what its peers have sent meanwhile waits to be read, so nothing is held against them yet.
        if (isLate) return;

        foreach (var (connection, _) in _connections) connection.Tick(now);
    }
}
