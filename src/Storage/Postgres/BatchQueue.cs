using System.Threading.Channels;

namespace Actors.Storage.Postgres;

/// <summary>
/// A bounded queue, emptied by a few loops that each take what has piled up while they were busy. There is no timer: an
/// item that finds a loop idle is a batch of its own.
/// </summary>
internal sealed class BatchQueue<T> : IAsyncDisposable
{
    private readonly Channel<T> _channel;
    private readonly Task[] _loops;

    /// <summary>Starts the loops; each gets the reader, and runs until the queue is completed. Past the limit, adding waits.</summary>
    public BatchQueue(int limit, int loopCount, Func<ChannelReader<T>, Task> loop)
    {
        _channel = Channel.CreateBounded<T>(new BoundedChannelOptions(limit) { SingleReader = loopCount == 1 });
        _loops = [.. Enumerable.Range(0, loopCount).Select(_ => Task.Run(() => loop(_channel.Reader)))];
    }

    public ValueTask AddAsync(T item, CancellationToken cancellationToken) => _channel.Writer.WriteAsync(item, cancellationToken);

    /// <summary>Takes no more items, and returns when all that were taken are done.</summary>
    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        await Task.WhenAll(_loops);
    }
}
