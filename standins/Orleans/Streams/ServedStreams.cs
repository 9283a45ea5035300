using Microsoft.Extensions.DependencyInjection;
using Orleans.Activations;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Streams;

/// <summary>The enumerations that callers have open at one activation. Used in its turns only.</summary>
internal sealed class ServedStreams(Activation activation, TimeSpan pollTime) : IAsyncDisposable
{
    // Half response timeouts. Looked at once in each, so that an enumeration nobody asks for ends after one and a half to two
    // response timeouts; Orleans' own end after one to two.
    private const int AbandonedAfterPollTimes = 3;

    private readonly Dictionary<Guid, ServedStream> _open = [];
    private IGrainTimer? _sweep;
    private bool _isCancelled;

    public async ValueTask<StreamBatch<T>> PollAsync<T>(Guid id, StreamCall<T>? opening, CancellationToken cancellationToken)
    {
        if (opening is not null && !_isCancelled)
        {
            _sweep ??= NewSweep();
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
        if (!_open.Remove(id, out var stream)) return;

        if (_open.Count == 0)
        {
            _sweep?.Dispose();
            _sweep = null;
        }

        await stream.DisposeAsync();
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

    private IGrainTimer NewSweep() => activation.ActivationServices.GetRequiredService<ITimerRegistry>().RegisterGrainTimer(
        activation, static (streams, _) => streams.CloseAbandonedAsync(), this,
        new GrainTimerCreationOptions { DueTime = pollTime, Period = pollTime, Interleave = true });

    private async Task CloseAbandonedAsync()
    {
        var oldest = activation.NowTicks - (pollTime.Ticks * AbandonedAfterPollTimes);
        foreach (var (id, stream) in _open.ToArray())
            if (!stream.IsPolling && stream.LastPolledTicks < oldest) await CloseAsync(id);
    }
}
