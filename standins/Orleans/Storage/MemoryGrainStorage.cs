using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Orleans.Storage;

/// <summary>Keeps states in the silo's memory, for development and tests.</summary>
public class MemoryGrainStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), (object? State, string Etag)> _records = new();
    private long _lastEtag;

    internal MemoryGrainStorage()
    {
    }

    public virtual Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((grainType, grainId), out var record))
        {
            grainState.State = DeepCopy.Copy((T)record.State!);
            grainState.ETag = record.Etag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = default;
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public virtual Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        var next = ((object?)DeepCopy.Copy(grainState.State), Interlocked.Increment(ref _lastEtag).ToString(CultureInfo.InvariantCulture));
        var key = (grainType, grainId);
        var isWritten = grainState.ETag is null
            ? _records.TryAdd(key, next)
            : _records.TryGetValue(key, out var stored) && stored.Etag == grainState.ETag && _records.TryUpdate(key, next, stored);
        if (!isWritten) throw Conflict(key, grainState.ETag);

        grainState.ETag = next.Item2;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public virtual Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (grainType, grainId);
        if (_records.TryGetValue(key, out var stored)
            && (stored.Etag != grainState.ETag || !_records.TryRemove(new KeyValuePair<(string, GrainId), (object?, string)>(key, stored))))
            throw Conflict(key, grainState.ETag);

        grainState.State = default;
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private InconsistentStateException Conflict((string, GrainId) key, string? expected) => new(
        $"The state {key.Item1} of grain {key.Item2} was written by another activation.",
        _records.GetValueOrDefault(key).Etag, expected);
}
