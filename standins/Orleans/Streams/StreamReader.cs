using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>The caller's end of one enumeration.</summary>
internal sealed class StreamReader<T> : IAsyncEnumerator<T>
{
    private readonly Guid _id = Guid.NewGuid();
    private readonly StreamCall<T> _call;
    private readonly GrainReference _reference;
    private readonly CancellationTokenSource? _linked;
    private readonly CancellationToken _cancellationToken;
    private StreamBatch<T>? _batch;
    private int _index;
    private bool _isOpen;
    private bool _isDisposed;

    public StreamReader(StreamCall<T> call, GrainReference reference, CancellationToken ofCall, CancellationToken ofEnumeration)
    {
        _call = call;
        _reference = reference;
        if (ofCall.CanBeCanceled && ofEnumeration.CanBeCanceled && ofCall != ofEnumeration)
        {
            _linked = CancellationTokenSource.CreateLinkedTokenSource(ofCall, ofEnumeration);
            _cancellationToken = _linked.Token;
        }
        else
        {
            _cancellationToken = ofCall.CanBeCanceled ? ofCall : ofEnumeration;
        }
    }

    public T Current => _batch is { Items: { } items } && _index < items.Count
        ? items[_index]
        : throw new InvalidOperationException("Cannot get current value of an invalid enumerator.");

    public async ValueTask<bool> MoveNextAsync()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_batch is { Items: { } items } && ++_index < items.Count) return true;
        if (_batch is { Status: StreamStatus.Completed }) return false;

        do
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _batch = await PollAsync();
        }
        while (_batch is { Status: StreamStatus.More, Items: null });

        _index = 0;
        return _batch.Status != StreamStatus.Unknown
            ? _batch.Items is not null
            : throw new EnumerationAbortedException(
                "Enumeration aborted: the remote target does not have a record of this enumerator. This likely indicates that "
                + "the remote grain was deactivated since enumeration begun or that the enumerator was idle for longer than "
                + "the expiration period.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;

        _isDisposed = true;
        try
        {
            if (_isOpen) await new StreamClose(_id, _call.Method).Send(_reference);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            // The grain is out of reach; it forgets an enumeration that nobody polls.
        }
        finally
        {
            _linked?.Dispose();
        }
    }

    private async ValueTask<StreamBatch<T>> PollAsync()
    {
        var opens = !_isOpen;
        _isOpen = true;
        try
        {
            var batch = await new StreamPoll<T>(_id, _call, opens, _cancellationToken).Send(_reference);
            _isOpen = batch.Status == StreamStatus.More;
            return batch;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
