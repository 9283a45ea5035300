using System.Collections.Concurrent;

namespace Actors.Cluster.Tests;

/// <summary>Clients that make small jobs as fast as they can through all frontends, and keep every handle they were given.</summary>
internal sealed class CreationLoad : IDisposable
{
    public const int Steps = 1;

    private readonly RunningCluster _cluster;
    private readonly ConcurrentQueue<string> _handles = new();
    private readonly ConcurrentQueue<Answer> _refusals = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _clients;

    public CreationLoad(RunningCluster cluster, int clients)
    {
        _cluster = cluster;
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(CreateAsync)));
    }

    public IReadOnlyCollection<string> Handles => _handles;

    public async Task MakesMoreAsync(int jobs, CancellationToken cancellationToken)
    {
        var wanted = _handles.Count + jobs;
        await Eventually.HoldsAsync($"{jobs} more jobs are made", () => Task.FromResult(_handles.Count >= wanted || _clients.IsFaulted), cancellationToken);
    }

    public Task IsRefusedAsync(CancellationToken cancellationToken) =>
        Eventually.HoldsAsync("a call is refused", () => Task.FromResult(!_refusals.IsEmpty || _clients.IsFaulted), cancellationToken);

    /// <returns>What was said to calls that got no handle.</returns>
    public async Task<IReadOnlyCollection<Answer>> EndAsync()
    {
        await _ending.CancelAsync();
        await _clients;
        return _refusals;
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task CreateAsync()
    {
        var ending = _ending.Token;
        while (!ending.IsCancellationRequested)
        {
            var answer = await _cluster.Client.CallAsync(
                _cluster.Next(), "count_to", new() { ["n"] = Steps, ["delayMs"] = 1 }, CancellationToken.None);
            if (answer.Result is { } task)
                _handles.Enqueue(task.GetProperty("taskId").GetString()!);
            else
                _refusals.Enqueue(answer);
        }
    }
}
