using Orleans.Activations;
using Orleans.Serialization;

namespace Orleans.Streams;

internal sealed class ServedStream<T> : ServedStream
{
    private readonly CancellationTokenSource _ending = new();
    private readonly IAsyncEnumerator<T> _source;
    private readonly int _maxBatchSize;
    private readonly TimeProvider _time;
    private Task<bool>? _pending;

    public ServedStream(StreamCall<T> call, Activation activation)
    {
        _maxBatchSize = call.MaxBatchSize;
        _time = activation.Time;
        _source = call.Open(activation.GrainInstance!, _ending.Token).GetAsyncEnumerator(_ending.Token);
    }

    /// <summary>What is there at once, or else the next element, or a heartbeat when none comes within the time.</summary>
    public async ValueTask<StreamBatch<T>> NextAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        IsPolling = true;
        try
        {
            using var cancelled = cancellationToken.UnsafeRegister(static state => ((ServedStream<T>)state!).Cancel(), this);
            List<T>? items = null;
            while (true)
            {
                _pending ??= _source.MoveNextAsync().AsTask();
                // What is not there yet, or is a failure, is for the next poll.
                if (items is not null && !_pending.IsCompletedSuccessfully) return new StreamBatch<T>(StreamStatus.More, items);

                if (!_pending.IsCompleted && !await IsInTimeAsync(_pending, wait, cancellationToken)) return StreamBatch<T>.Heartbeat;

                var hasNext = await _pending;
                _pending = null;
                if (!hasNext) return new StreamBatch<T>(StreamStatus.Completed, items);

                (items ??= []).Add(DeepCopy.Copy(_source.Current));
                if (items.Count >= _maxBatchSize) return new StreamBatch<T>(StreamStatus.More, items);
            }
        }
        finally
        {
            IsPolling = false;
        }
    }

    public override void Cancel() => _ending.Cancel();

    public override async ValueTask DisposeAsync()
    {
        Cancel();
        // An iterator may not be disposed while it runs; it was told to end.
        if (_pending is not null) await ((Task)_pending).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await _source.DisposeAsync();
    }

    private async Task<bool> IsInTimeAsync(Task<bool> pending, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await pending.WaitAsync(wait, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException) when (!pending.IsCompleted)
        {
            return false;
        }
    }
}
