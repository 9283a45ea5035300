using System.Buffers.Text;
using System.Diagnostics;

namespace Actors.Bench.Driver.Load;

/// <summary>One open stream of a job that says when it spoke, and how long each of its words took to come.</summary>
internal sealed class Watcher : IDisposable
{
    private static readonly byte[] Acknowledged = "notifications/subscriptions/acknowledged"u8.ToArray();

    private readonly HttpConnection _connection = new(bufferBytes: 8 * 1024);
    private readonly Lock _gate = new();
    private readonly List<long> _ticks = [];

    public static async Task<Watcher> OpenAsync(Uri server, byte[] listen)
    {
        var watcher = new Watcher();
        await watcher._connection.ConnectAsync(server, CancellationToken.None);
        await watcher._connection.OpenAsync(listen, Acknowledged);
        _ = watcher.ReadAsync();
        return watcher;
    }

    /// <summary>What came since it was last asked.</summary>
    public Latencies Take()
    {
        var taken = new Latencies();
        lock (_gate)
        {
            foreach (var ticks in _ticks)
                taken.Add(ticks);
            _ticks.Clear();
        }

        return taken;
    }

    public void Dispose() => _connection.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            while (true)
                Read((await _connection.NextAsync()).Span, Stopwatch.GetTimestamp());
        }
        catch (Exception closed) when (closed is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The row is over.
        }
    }

    private void Read(ReadOnlySpan<byte> came, long now)
    {
        for (int at; (at = came.IndexOf("t="u8)) >= 0;)
        {
            came = came[(at + 2)..];
            if (!Utf8Parser.TryParse(came, out long spoke, out var digits) || digits >= came.Length || came[digits] != '.')
                continue;
            lock (_gate)
                _ticks.Add(now - spoke);
        }
    }
}
