using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Storage.Tenants;

/// <summary>
/// The keys seen in the last seconds, by id. Only keys that exist are kept, so made-up ids cannot push them out; calls with
/// the same key that arrive together share one look at the database.
/// </summary>
internal sealed class ApiKeyCache
{
    private readonly Func<string, CancellationToken, Task<StoredKey?>> _find;
    private readonly ApiKeyOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (StoredKey Key, long LoadedAt)> _keys = new();
    private readonly ConcurrentDictionary<string, (StoredKey Key, long LoadedAt)>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly ConcurrentDictionary<string, Task<StoredKey?>> _loading = new();

    public ApiKeyCache(Func<string, CancellationToken, Task<StoredKey?>> find, ApiKeyOptions options, TimeProvider time)
    {
        _find = find;
        _options = options;
        _time = time;
        _bySpan = _keys.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool TryGet(ReadOnlySpan<char> id, [NotNullWhen(true)] out StoredKey? key)
    {
        key = _bySpan.TryGetValue(id, out var cached) && _time.GetElapsedTime(cached.LoadedAt) < _options.CacheFor ? cached.Key : null;
        return key is not null;
    }

    public Task<StoredKey?> LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (_loading.TryGetValue(id, out var running)) return running.WaitAsync(cancellationToken);

        var mine = new TaskCompletionSource<StoredKey?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = _loading.GetOrAdd(id, mine.Task);
        if (load == mine.Task) _ = FindAsync(id, mine);
        return load.WaitAsync(cancellationToken);
    }

    public void Forget(string id) => _keys.TryRemove(id, out _);

    private async Task FindAsync(string id, TaskCompletionSource<StoredKey?> outcome)
    {
        try
        {
            // From before the question: a revocation while it was under way must not be hidden for longer.
            var askedAt = _time.GetTimestamp();
            // One caller's cancellation must not fail the others that wait for the same key.
            var key = await _find(id, CancellationToken.None);
            if (key is null) Forget(id);
            else Remember(id, key, askedAt);
            _loading.TryRemove(id, out _);
            outcome.SetResult(key);
        }
        catch (Exception exception)
        {
            // Told to everybody who waits; the next call asks again.
            _loading.TryRemove(id, out _);
            outcome.SetException(exception);
        }
    }

    private void Remember(string id, StoredKey key, long askedAt)
    {
        if (_keys.Count >= _options.CacheLimit && !_keys.ContainsKey(id))
        {
            foreach (var (old, cached) in _keys)
            {
                if (_time.GetElapsedTime(cached.LoadedAt) >= _options.CacheFor) Forget(old);
            }

            if (_keys.Count >= _options.CacheLimit) return;
        }

        _keys[id] = (key, askedAt);
    }
}
