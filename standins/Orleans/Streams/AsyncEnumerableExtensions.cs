using Orleans.Streams;

namespace Orleans.Runtime;

public static class AsyncEnumerableExtensions
{
    /// <summary>How many elements one answer may carry at most. Default: 100.</summary>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        if (self is IBatched batched) batched.MaxBatchSize = maxBatchSize;
        return self;
    }
}
