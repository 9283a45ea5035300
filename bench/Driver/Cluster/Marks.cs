using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Actors.Bench.Driver.Cluster;

/// <summary>The socket that jobs speak to, and what they said.</summary>
internal sealed class Marks : IDisposable
{
    private const int LongestMark = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(string Kind, string Job, int Attempt), TaskCompletionSource<Mark>> _marks = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public Marks()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"actors-bench-{Guid.NewGuid():N}.sock");
        _socket.Bind(new UnixDomainSocketEndPoint(Path));
        // A thread of its own: what is sent here holds its sender up until there is room.
        new Thread(Receive) { IsBackground = true, Name = "marks" }.Start();
    }

    /// <summary>For the argument of the tools that send marks.</summary>
    public string Path { get; }

    /// <exception cref="TimeoutException">It does not come.</exception>
    public async Task<Mark> WhenAsync(string kind, string job, int attempt)
    {
        try
        {
            return await Of(kind, job, attempt).Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Attempt {attempt} of job {job} has not said '{kind}' within {Patience.TotalSeconds:0} s.");
        }
    }

    public bool IsThere(string kind, string job, int attempt) => Of(kind, job, attempt).Task.IsCompleted;

    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(Path);
    }

    private TaskCompletionSource<Mark> Of(string kind, string job, int attempt) =>
        _marks.GetOrAdd((kind, job, attempt), static _ => new TaskCompletionSource<Mark>(TaskCreationOptions.RunContinuationsAsynchronously));

    private void Receive()
    {
        var buffer = new byte[LongestMark];
        try
        {
            while (true)
            {
                var mark = Mark.Parse(Encoding.ASCII.GetString(buffer, 0, _socket.Receive(buffer)));
                Of(mark.Kind, mark.Job, mark.Attempt).TrySetResult(mark);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }
}
