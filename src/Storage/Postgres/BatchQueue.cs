using System.Threading.Channels;

namespace Actors.Storage.Postgres;

/// <summary>
/// A bounded queue, emptied by loops that each take what has piled up while they were busy. There is no timer: an item that finds the first
/// loop idle is a batch of its own. The other loops join in only where many items wait: few and large batches cost the database less than many
/// small ones.
/// </summary>
internal sealed class BatchQueue<T> : IAsyncDisposable
{
    private readonly Channel<T> _channel;
    private readonly int _crowd;
    private readonly SemaphoreSlim _crowded = new(0);
    private readonly Task[] _loops;
    private volatile bool _isClosing;

    /// <summary>Starts the loops; each gets the reader, and runs until the queue is completed. Past the limit, adding waits.</summary>
    /// <param name="limit">How many items may wait.</param>
    /// <param name="crowd">How many must wait for a further loop to join in.</param>
    /// <param name="loopCount">How many loops.</param>
    /// <param name="loop">Takes and handles items until there are no more to come.</param>
    public BatchQueue(int limit, int crowd, int loopCount, Func<ChannelReader<T>, Task> loop)
    {
        _channel = Channel.CreateBounded<T>(new BoundedChannelOptions(limit) { SingleReader = loopCount == 1 });
        _crowd = loopCount == 1 ? int.MaxValue : crowd;
        _loops = [.. Enumerable.Range(0, loopCount).Select(number => Task.Run(() => loop(number == 0 ? _channel.Reader : new CrowdReader(this))))];
    }

    public async ValueTask AddAsync(T item, CancellationToken cancellationToken)
    {
        await _channel.Writer.WriteAsync(item, cancellationToken);
        if (_crowd != int.MaxValue && _crowded.CurrentCount == 0 && _channel.Reader.Count >= _crowd) _crowded.Release();
    }

    /// <summary>Takes no more items, and returns when all that were taken are done.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        _channel.Writer.TryComplete();
        _crowded.Release(_loops.Length);
        await Task.WhenAll(_loops);
    }

    private sealed class CrowdReader(BatchQueue<T> queue) : ChannelReader<T>
    {
        public override bool TryRead(out T item) => queue._channel.Reader.TryRead(out item!);

        public override async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
        {
            if (!queue._isClosing) await queue._crowded.WaitAsync(cancellationToken);
            return await queue._channel.Reader.WaitToReadAsync(cancellationToken);
        }
    }
}
