using System.Runtime.CompilerServices;

namespace Orleans.Contract.Tests.Streams;

internal sealed class StreamGrain : Grain, IStreamGrain
{
    private string Key => this.GetPrimaryKeyString();

    public async IAsyncEnumerable<int> CountAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                if (i % 7 == 3) await Task.Yield();
                yield return i;
            }
        }
        finally
        {
            Signals.Set(Key, "disposed");
        }
    }

    public async IAsyncEnumerable<int> CountThenThrowAsync(int count)
    {
        for (var i = 0; i < count; i++) yield return i;
        await Task.Yield();
        throw new KeyNotFoundException("after the last");
    }

    public async IAsyncEnumerable<string> WatchAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return prefix + " first";
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            Signals.Set(Key, "disposed");
        }
    }

    public Task<int> CallAsync() => Task.FromResult(42);

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
