using System.Diagnostics;

namespace Actors.Bench.Driver;

/// <summary>A number of connections that send the same request again and again, each as soon as it has its answer.</summary>
internal sealed class HttpLoad(StartedProcess server, ReadOnlyMemory<byte> request, int connections, Func<ReadOnlyMemory<byte>, bool> isGood) : IAsyncDisposable
{
    private readonly HttpConnection[] _connections = [.. Enumerable.Range(0, connections).Select(_ => new HttpConnection())];

    public Figures Figures { get; } = new();

    public async Task ConnectAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_connections.Select(connection => connection.ConnectAsync(server.Address, cancellationToken)));

    public async Task RoundAsync(TimeSpan duration, bool counts)
    {
        var cpu = server.CpuTime;
        var started = Stopwatch.GetTimestamp();
        var until = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var workers = _connections.Select(connection => Task.Run(() => DriveAsync(connection, until))).ToArray();
        var all = new Latencies();
        var errors = 0L;
        foreach (var (latencies, bad) in await Task.WhenAll(workers))
        {
            all.Add(latencies);
            errors += bad;
        }
        if (counts)
            Figures.Add(all.Count, errors, Stopwatch.GetElapsedTime(started), all, server.CpuTime - cpu);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(Latencies, long)> DriveAsync(HttpConnection connection, long until)
    {
        var latencies = new Latencies();
        var errors = 0L;
        for (var now = Stopwatch.GetTimestamp(); now < until;)
        {
            var answer = await connection.SendAsync(request);
            var then = Stopwatch.GetTimestamp();
            if (isGood(answer))
                latencies.Add(then - now);
            else
                errors++;
            now = then;
        }
        return (latencies, errors);
    }
}
