using Orleans.Activations;

namespace Orleans.Streams;

/// <summary>The enumerations that callers have open at one activation. Used in its turns only.</summary>
internal sealed class ServedStreams(Activation activation, TimeSpan pollTime) : IAsyncDisposable
{
    // Callers poll at least every pollTime while they are there, so one that did not for this long is gone.
    private const int AbandonedAfterPollTimes = 4;

    private readonly Dictionary<Guid, ServedStream> _open = [];
    private bool _isCancelled;

    public async ValueTask<StreamBatch<T>> PollAsync<T>(Guid id, StreamCall<T>? opening, CancellationToken cancellationToken)
    {
        if (opening is not null && !_isCancelled)
        {
            await CloseAbandonedAsync();
            _open.Add(id, new ServedStream<T>(opening, activation));
        }

        if (!_open.TryGetValue(id, out var open)) return StreamBatch<T>.Unknown;

        var stream = (ServedStream<T>)open;
        try
        {
            stream.LastPolledTicks = activation.NowTicks;
            var batch = await stream.NextAsync(pollTime, cancellationToken);
            stream.LastPolledTicks = activation.NowTicks;
            if (batch.Status != StreamStatus.More) await CloseAsync(id);
            return batch;
        }
        catch (Exception) when (_isCancelled)
        {
            return StreamBatch<T>.Unknown;
        }
        catch
        {
            await CloseAsync(id);
            throw;
        }
    }

    public async ValueTask CloseAsync(Guid id)
    {
        if (_open.Remove(id, out var stream)) await stream.DisposeAsync();
    }

    /// <summary>Ends all enumerations, so that polls that wait return at once.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        foreach (var stream in _open.Values) stream.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Cancel();
        foreach (var id in _open.Keys.ToArray()) await CloseAsync(id);
    }

    private async ValueTask CloseAbandonedAsync()
    {
        var oldest = activation.NowTicks - (pollTime.Ticks * AbandonedAfterPollTimes);
        foreach (var (id, stream) in _open.ToArray())
            if (!stream.IsPolling && stream.LastPolledTicks < oldest) await CloseAsync(id);
    }
}
