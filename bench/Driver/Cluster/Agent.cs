using System.Diagnostics;
using Actors.Bench.Driver.Load;
using Actors.Bench.Driver.Processes;

namespace Actors.Bench.Driver.Cluster;

/// <summary>One caller, with a connection to each frontend and one request under way at a time.</summary>
internal sealed class Agent(BenchCluster cluster, string key) : IDisposable
{
    private readonly HttpConnection[] _connections = [.. cluster.Frontends.Select(_ => new HttpConnection())];
    private readonly McpRequest[] _requests = [.. cluster.Frontends.Select(frontend => new McpRequest(frontend, key))];

    public async Task ConnectAsync()
    {
        for (var i = 0; i < _connections.Length; i++)
            await _connections[i].ConnectAsync(cluster.Frontends[i], CancellationToken.None);
    }

    public Task<CreatedJob> CreateAsync(int frontend, string tool) => CreateAsync(frontend, tool, new { marks = cluster.Marks.Path });

    public async Task<CreatedJob> CreateAsync(int frontend, string tool, object arguments)
    {
        var request = _requests[frontend].CallTool(tool, arguments);
        var sent = Stopwatch.GetTimestamp();
        var answer = await _connections[frontend].SendAsync(request);
        var acknowledged = Stopwatch.GetTimestamp();
        return new CreatedJob(OneProcess.ResultOf(answer).GetProperty("taskId").GetString()!, sent, acknowledged);
    }

    /// <summary>Returns when it was sent, by the machine's monotonic clock.</summary>
    public async Task<long> CancelAsync(int frontend, string job)
    {
        var request = _requests[frontend].CancelTask(job);
        var sent = Stopwatch.GetTimestamp();
        OneProcess.ResultOf(await _connections[frontend].SendAsync(request));
        return sent;
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }
}
