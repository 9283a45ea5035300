using System.Diagnostics;
using System.Text;

namespace Actors.Bench.Driver.Load;

/// <summary>A number of connections that send the same request again and again, each as soon as it has its answer.</summary>
internal sealed class HttpLoad : IDisposable
{
    private readonly ReadOnlyMemory<byte> _request;
    private readonly Func<ReadOnlyMemory<byte>, bool> _isGood;
    private readonly HttpConnection[] _connections;

    private HttpLoad(ReadOnlyMemory<byte> request, Func<ReadOnlyMemory<byte>, bool> isGood, HttpConnection[] connections) =>
        (_request, _isGood, _connections) = (request, isGood, connections);

    /// <param name="server">Where to.</param>
    /// <param name="request">What each connection sends.</param>
    /// <param name="connections">How many there are.</param>
    /// <param name="isGood">Whether an answer is what was asked for.</param>
    public static async Task<HttpLoad> ConnectAsync(Uri server, ReadOnlyMemory<byte> request, int connections, Func<ReadOnlyMemory<byte>, bool> isGood)
    {
        var load = new HttpLoad(request, isGood, [.. Enumerable.Range(0, connections).Select(_ => new HttpConnection())]);
        await Task.WhenAll(load._connections.Select(connection => connection.ConnectAsync(server, CancellationToken.None)));
        return load;
    }

    /// <exception cref="InvalidOperationException">An answer was not what was asked for, which makes the figures void.</exception>
    public async Task<Round> RunAsync(TimeSpan length)
    {
        var started = Stopwatch.GetTimestamp();
        var until = started + (long)(length.TotalSeconds * Stopwatch.Frequency);
        var all = new Latencies();
        foreach (var latencies in await Task.WhenAll(_connections.Select(connection => Task.Run(() => DriveAsync(connection, until)))))
            all.Add(latencies);
        return new Round(all.Count, Stopwatch.GetElapsedTime(started), all);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private async Task<Latencies> DriveAsync(HttpConnection connection, long until)
    {
        var latencies = new Latencies();
        for (var now = Stopwatch.GetTimestamp(); now < until;)
        {
            var answer = await connection.SendAsync(_request);
            var then = Stopwatch.GetTimestamp();
            if (!_isGood(answer))
                throw new InvalidOperationException($"A server answered: {Encoding.UTF8.GetString(answer.Span)}");
            latencies.Add(then - now);
            now = then;
        }

        return latencies;
    }
}
