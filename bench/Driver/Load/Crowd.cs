namespace Actors.Bench.Driver.Load;

/// <summary>Many connections that share out a fixed number of things to do.</summary>
internal static class Crowd
{
    /// <param name="server">Where each connection goes.</param>
    /// <param name="connections">How many at a time.</param>
    /// <param name="count">How often, over all of them.</param>
    /// <param name="act">One of them: its connection and its number.</param>
    public static async Task EachAsync(Uri server, int connections, int count, Func<HttpConnection, int, Task> act)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new HttpConnection();
            await connection.ConnectAsync(server, CancellationToken.None);
            for (int number; (number = Interlocked.Increment(ref next)) < count;)
                await act(connection, number);
        })));
    }
}
