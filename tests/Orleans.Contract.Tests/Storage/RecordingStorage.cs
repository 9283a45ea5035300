using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Contract.Tests.Storage;

/// <summary>A storage as an application writes one: rows with a version, compared before they are replaced.</summary>
internal sealed class RecordingStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (object State, int Version)> _rows = new();

    public int Overlaps { get; private set; }

    private int _inside;

    public void ChangeBehindTheGrain(GrainId grainId) => _rows[grainId] = (_rows[grainId].State, _rows[grainId].Version + 1);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_rows.TryGetValue(grainId, out var row))
        {
            grainState.State = (T)Copy(row.State);
            grainState.ETag = row.Version.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Interlocked.Increment(ref _inside) > 1) Overlaps++;
        await Task.Yield();
        Interlocked.Decrement(ref _inside);

        var stored = _rows.TryGetValue(grainId, out var row) ? row.Version.ToString(CultureInfo.InvariantCulture) : null;
        if (stored != grainState.ETag) throw new InconsistentStateException("The row has changed.", stored, grainState.ETag);

        _rows[grainId] = (Copy(grainState.State!), row.Version + 1);
        grainState.ETag = (row.Version + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _rows.TryRemove(grainId, out _);
        grainState.State = (T)(object)new Account();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static object Copy(object state) => new Account { Balance = ((Account)state).Balance };
}
