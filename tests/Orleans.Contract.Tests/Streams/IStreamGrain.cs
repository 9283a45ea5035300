using Orleans.Concurrency;

namespace Orleans.Contract.Tests.Streams;

internal interface IStreamGrain : IGrainWithStringKey
{
    IAsyncEnumerable<int> CountAsync(int count, CancellationToken cancellationToken = default);

    IAsyncEnumerable<int> CountThenThrowAsync(int count);

    [AlwaysInterleave]
    IAsyncEnumerable<string> WatchAsync(string prefix, CancellationToken cancellationToken = default);

    Task<int> CallAsync();

    Task DeactivateAsync();
}
