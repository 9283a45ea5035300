using System.Collections.Concurrent;

namespace Actors.Cli.Requests;

/// <summary>The host's requests that are not answered yet, by their ids.</summary>
internal sealed class RequestsUnderWay(int maxRequests)
{
    private readonly ConcurrentDictionary<string, Exchange> _exchanges = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _tasks = new();

    public Exchange? Find(string? key) => key is null ? null : _exchanges.GetValueOrDefault(key);

    /// <summary>Null: it is under way; otherwise why it is not taken, in words.</summary>
    public string? TryStart(Exchange exchange, Func<Task> run)
    {
        var key = exchange.Request.IdKey!;
        if (_exchanges.Count >= maxRequests)
            return $"As many requests are under way as the bridge takes at once ({maxRequests}, --max-requests).";
        if (!_exchanges.TryAdd(key, exchange))
            return "A request with this id is under way already.";
        var task = RunAsync(key, exchange, run);
        _tasks.TryAdd(task, exchange.IsSubscription);
        _ = task.ContinueWith(done => _tasks.TryRemove(done, out _), TaskScheduler.Default);
        return null;
    }

    /// <summary>Ends the streams that have no end of their own.</summary>
    public Task EndSubscriptionsAsync() =>
        Task.WhenAll(_exchanges.Values.Where(exchange => exchange.IsSubscription).Select(exchange => exchange.CancelAsync()));

    /// <summary>When each of them is answered.</summary>
    public Task AllAsync() => Task.WhenAll(_tasks.Keys);

    private async Task RunAsync(string key, Exchange exchange, Func<Task> run)
    {
        await Task.Yield();
        try
        {
            await run();
        }
        finally
        {
            _exchanges.TryRemove(key, out _);
            exchange.Dispose();
        }
    }
}
