using System.Runtime.CompilerServices;

namespace Actors.Grains.Jobs;

/// <summary>
/// A value and one signal of its change that all watchers share: a watcher costs nothing while nothing changes, and a
/// slow one sees only the latest. Where nobody watches there is no signal.
/// </summary>
internal sealed class LatestValue<T>
    where T : class
{
    private TaskCompletionSource? _changed;
    private volatile bool _closed;
    private volatile T? _value;

    public T? Value => _value;

    /// <summary>Ends with the next change.</summary>
    public Task Changed
    {
        get
        {
            if (Volatile.Read(ref _changed) is { } signal)
            {
                return signal.Task;
            }

            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _changed, made, null) ?? made).Task;
        }
    }

    public void Publish(T value)
    {
        _value = value;
        Signal();
    }

    /// <summary>Ends every watch, now and later.</summary>
    public void Close()
    {
        _closed = true;
        Signal();
    }

    /// <summary>Yields the value as it is and after each change, until cancelled, closed or <paramref name="isLast"/>.</summary>
    public async IAsyncEnumerable<T> WatchAsync(Func<T, bool> isLast, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        T? seen = null;
        while (true)
        {
            // Taken before the value is read, so that a change in between is not missed.
            var changed = Changed;
            if (_value is { } value && !ReferenceEquals(value, seen))
            {
                yield return seen = value;
                if (isLast(value))
                {
                    yield break;
                }

                continue;
            }

            if (_closed)
            {
                yield break;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Signal() => Interlocked.Exchange(ref _changed, null)?.SetResult();
}
